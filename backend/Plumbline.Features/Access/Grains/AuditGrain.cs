using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;
using Plumbline.Features.Grains;
using Plumbline.Features.Kernel.Requests;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Access.Grains;

[GrainType("audit")]
internal sealed class AuditGrain(IObjectStore store, TimeProvider clock) : JournaledGrain<AuditState, AuditRecord>(store, "audit"), IAuditGrain
{
    public Task AppendAsync(AuditEntry entry)
    {
        var now = clock.GetUtcNow();
        return State.Holds(entry, now - AnsweredRequest.Kept)
            ? Task.CompletedTask
            : WriteAsync([new AuditRecord(Version + 1, now, entry) { RandomId = RandomId.New() }]);
    }

    public Task<ImmutableArray<AuditRecord>> ListAsync(AuditQuery filter, string? before, int limit) =>
        Task.FromResult(State.NewestFirst(filter, before).Take(limit).ToImmutableArray());

    public Task<AuditRecord?> FindAsync(string entryId) => Task.FromResult(State.Find(entryId));
}

/// <inheritdoc cref="IAuditLog"/>
internal sealed class AuditLog(IGrainFactory grains) : IAuditLog
{
    public async ValueTask AppendAsync(string organization, AuditEntry entry, CancellationToken cancellationToken) =>
        await grains.GetGrain<IAuditGrain>(organization).AppendAsync(entry);
}
