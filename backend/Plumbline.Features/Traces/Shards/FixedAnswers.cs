using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Keeps what reviewers were given as it was when they were: a span may be sent any number of times, and a verdict would else stand beside words
/// that nobody has judged. Scores and logs are still taken in, and spans that are new.</summary>
internal sealed class FixedAnswers(IJudgedSpans judged)
{
    /// <summary>The batch without what would change something that is judged. Whoever sends is not told: it would say what is in a queue.</summary>
    /// <param name="stored">The spans that are stored of a trace.</param>
    public async ValueTask<SpanBatch> SpansAsync(ProjectKey project, SpanBatch batch, Func<TraceId, ValueTask<IReadOnlyList<SpanRecord>>> stored)
    {
        var isFixed = await AmongAsync(project, batch);
        if (isFixed.Count == 0) return batch;
        var left = new List<SpanRecord>();
        foreach (var trace in batch.ToRecords().Where(s => !isFixed.Contains(Of(s))).GroupBy(s => s.TraceId))
        {
            var ids = isFixed.Where(f => f.TraceId == trace.Key.ToString()).Select(f => f.SpanId).ToHashSet(StringComparer.Ordinal);
            var around = ids.Count == 0 ? null : FixedSurroundings.Of(await stored(trace.Key), ids);
            left.AddRange(around is null ? trace : trace.Select(around.Kept));
        }
        return SpanBatch.Of([.. left]);
    }

    /// <summary>The same of what came as log records.</summary>
    public async ValueTask<SpanBatch> EventsAsync(ProjectKey project, SpanBatch fragments)
    {
        var isFixed = await AmongAsync(project, fragments);
        return isFixed.Count == 0 ? fragments : SpanBatch.Of([.. fragments.ToRecords().Select(f => isFixed.Contains(Of(f)) ? Scores.OnlyIn(f) : f)]);
    }

    private ValueTask<IReadOnlySet<SpanReference>> AmongAsync(ProjectKey project, SpanBatch batch)
    {
        var traces = new HashSet<TraceId>();
        foreach (var span in batch) traces.Add(span.TraceId);
        return judged.AmongAsync(project, [.. traces.Select(t => t.ToString())], CancellationToken.None);
    }

    private static SpanReference Of(SpanRecord span) => new(span.TraceId.ToString(), span.SpanId.ToString());
}
