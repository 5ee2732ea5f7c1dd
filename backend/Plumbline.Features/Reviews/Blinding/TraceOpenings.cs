using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Grains;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Remembers openings in one grain for each person and project.</summary>
internal sealed class TraceOpenings(IGrainFactory grains) : ITraceOpenings
{
    public async ValueTask RecordAsync(ProjectKey project, string userId, string traceId, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<ITraceOpeningsGrain>(project.Child(userId));
        if (await grain.HasOpened(traceId)) return;
        try
        {
            await grain.Record(traceId);
        }
        catch (RequestFailedException e) when (e.IsRetryable)
        {
            // Reading goes on while nothing can be written; a review may then not say that its author had seen the trace.
        }
    }

    public async ValueTask<bool> HasOpenedAsync(ProjectKey project, string userId, string traceId, CancellationToken cancellationToken) =>
        await grains.GetGrain<ITraceOpeningsGrain>(project.Child(userId)).HasOpened(traceId);
}

[GrainType("traceopenings")]
internal sealed class TraceOpeningsGrain(IObjectStore store)
    : JournaledGrain<TraceOpeningsState, TraceOpened>(store, "journals/traceopenings"), ITraceOpeningsGrain
{
    public Task Record(string traceId) => State.Opened.Contains(traceId) ? Task.CompletedTask : WriteAsync([new TraceOpened(traceId)]);

    public Task<bool> HasOpened(string traceId) => Task.FromResult(State.Opened.Contains(traceId));
}

internal sealed record TraceOpened(string TraceId);

/// <summary>The traces a person opened, the oldest forgotten beyond <see cref="Most"/>.</summary>
internal sealed class TraceOpeningsState : IJournaledState<TraceOpened>
{
    public const int Most = 50_000;

    public HashSet<string> Opened { get; set; } = [];

    public Queue<string> Order { get; set; } = [];

    public void Apply(TraceOpened happened)
    {
        if (!Opened.Add(happened.TraceId)) return;
        Order.Enqueue(happened.TraceId);
        if (Order.Count > Most) Opened.Remove(Order.Dequeue());
    }
}
