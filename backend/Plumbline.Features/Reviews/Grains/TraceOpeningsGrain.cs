using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Grains;
using Plumbline.Features.Reviews.State;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>What one person has seen in a project.</summary>
[GrainType("traceopenings")]
internal sealed class TraceOpeningsGrain(IObjectStore store, TimeProvider clock)
    : JournaledGrain<TraceOpeningsState, TraceOpened>(store, "journals/traceopenings"), ITraceOpeningsGrain
{
    public Task RecordAsync(string traceId) => RecordAllAsync(new SeenTraces(SeenKind.Opened, [traceId]));

    public Task RecordAllAsync(SeenTraces seen)
    {
        var fresh = seen.TraceIds.Distinct().Where(id => State.Find(id) is not { } known || known < seen.Kind).ToImmutableArray();
        if (fresh.IsEmpty) return Task.CompletedTask;
        var happened = new TraceOpened { At = clock.GetUtcNow() };
        return WriteAsync([seen.Kind == SeenKind.Opened ? happened with { Opened = fresh } : happened with { Listed = fresh }]);
    }

    public Task<bool> HasOpenedAsync(string traceId) => Task.FromResult(State.Find(traceId) is not null);

    public Task<KnownOpening> FindAsync(string traceId) => Task.FromResult(new KnownOpening(State.Find(traceId), State.ForgottenUntil));
}
