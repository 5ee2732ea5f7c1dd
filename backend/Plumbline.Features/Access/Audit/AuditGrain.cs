using System.Collections.Immutable;
using Plumbline.Contracts.Access;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Access.Audit;

[GrainType("audit")]
internal sealed class AuditGrain(IObjectStore store, TimeProvider clock) : Grain, IAuditGrain
{
    private Journal<AuditState, AuditRecord>? _journal;

    private AuditState State => _journal!.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _journal = await StorageFailures.OpenAsync<AuditState, AuditRecord>(store, $"audit/{this.GetPrimaryKeyString()}", cancellationToken);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_journal is not null) await _journal.DisposeAsync();
    }

    public Task AppendAsync(AuditEntry entry)
    {
        var now = clock.GetUtcNow();
        return State.Holds(entry, now - AnsweredRequest.Kept) ? Task.CompletedTask : _journal!.SaveAsync([new AuditRecord(_journal!.Version + 1, now, entry)]);
    }

    public Task<ImmutableArray<AuditRecord>> ListAsync(AuditQuery filter, long? before, int limit) =>
        Task.FromResult(State.NewestFirst(filter, before).Take(limit).ToImmutableArray());

    public Task<AuditRecord?> FindAsync(long number) => Task.FromResult(State.Find(number));
}

/// <inheritdoc cref="IAuditLog"/>
internal sealed class AuditLog(IGrainFactory grains) : IAuditLog
{
    public async ValueTask AppendAsync(string organization, AuditEntry entry, CancellationToken cancellationToken) =>
        await grains.GetGrain<IAuditGrain>(organization).AppendAsync(entry);
}
