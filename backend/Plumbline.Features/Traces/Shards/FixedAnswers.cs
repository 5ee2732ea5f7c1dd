using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Keeps what reviewers were given as it was when they were: a span may be sent any number of times, and a verdict would else stand beside words
/// that nobody has judged. Scores and logs are still taken in, and spans that are new.</summary>
internal sealed class FixedAnswers(IJudgedSpans judged)
{
    /// <summary>The batch without what would change something that is judged. Whoever sends is not told: it would say what is in a queue.</summary>
    public async ValueTask<SpanBatch> SpansAsync(ProjectKey project, SpanBatch batch)
    {
        var isFixed = await AmongAsync(project, batch);
        return isFixed.Count == 0 ? batch : SpanBatch.Of([.. batch.ToRecords().Where(s => !isFixed.Contains(Of(s))).Select(s => WithoutDocuments(s, isFixed))]);
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

    // A reviewer is shown what the spans around the judged one retrieved.
    private static SpanRecord WithoutDocuments(SpanRecord span, IReadOnlySet<SpanReference> isFixed)
    {
        var traceId = span.TraceId.ToString();
        return span.DocumentsJson is not null && isFixed.Any(f => f.TraceId == traceId) ? span with { DocumentsJson = null } : span;
    }

    private static SpanReference Of(SpanRecord span) => new(span.TraceId.ToString(), span.SpanId.ToString());
}
