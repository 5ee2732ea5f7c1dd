using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Remembers openings in one grain for each person and project, and here what that grain is known to know.</summary>
internal sealed class TraceOpenings(IGrainFactory grains) : ITraceOpenings, IDisposable
{
    /// <summary>Traces of one person that are known here; beyond, they are asked for again.</summary>
    private const int MostOfOne = 5_000;

    private readonly MemoryCache _people = new(new MemoryCacheOptions { SizeLimit = 2_000 });

    public bool IsKnown(ProjectKey project, string userId, string traceId, SeenKind kind) =>
        _people.TryGetValue((project, userId), out ConcurrentDictionary<string, SeenKind>? known)
        && known!.TryGetValue(traceId, out var already) && already >= kind;

    public async ValueTask RecordAsync(
        ProjectKey project, string userId, IReadOnlyCollection<string> traceIds, SeenKind kind, CancellationToken cancellationToken)
    {
        var fresh = traceIds.Where(id => !IsKnown(project, userId, id, kind)).ToArray();
        if (fresh.Length == 0) return;
        try
        {
            await Grain(project, userId).RecordAllAsync(new SeenTraces(kind, [.. fresh]));
        }
        catch (RequestFailedException e) when (e.IsRetryable)
        {
            return; // Reading goes on while nothing can be written; a review may then not say that its author had seen the trace.
        }
        Remember(project, userId, fresh, kind);
    }

    public async ValueTask<SeenKind?> FindAsync(
        ProjectKey project, string userId, string traceId, Func<ValueTask<DateTimeOffset?>> startedAt, CancellationToken cancellationToken)
    {
        var known = await Grain(project, userId).FindAsync(traceId);
        cancellationToken.ThrowIfCancellationRequested();
        if (known.Kind is not null || known.ForgottenUntil is not { } until) return known.Kind;
        return await startedAt() is { } start && start > until ? null : SeenKind.Listed;
    }

    public void Dispose() => _people.Dispose();

    private void Remember(ProjectKey project, string userId, string[] traceIds, SeenKind kind)
    {
        var known = _people.GetOrCreate((project, userId), entry =>
        {
            entry.Size = 1;
            entry.SlidingExpiration = TimeSpan.FromMinutes(30);
            return new ConcurrentDictionary<string, SeenKind>(StringComparer.Ordinal);
        })!;
        if (known.Count > MostOfOne) known.Clear();
        foreach (var id in traceIds) known.AddOrUpdate(id, kind, (_, before) => before > kind ? before : kind);
    }

    private ITraceOpeningsGrain Grain(ProjectKey project, string userId) => grains.GetGrain<ITraceOpeningsGrain>(project.Child(userId));
}
