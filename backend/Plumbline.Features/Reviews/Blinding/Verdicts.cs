using System.Collections.Immutable;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Reads the decided items of all queues of a project, less what the viewer is blinded to.</summary>
internal sealed class Verdicts(IBlinding blinding) : IVerdicts
{
    public async ValueTask<IReadOnlyDictionary<string, VerdictView>> ForTracesAsync(
        ProjectScope scope, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken) =>
        ByTrace(await DecidedAsync(scope, [.. traceIds], cancellationToken));

    public async ValueTask<VerdictView?> ForSpanAsync(ProjectScope scope, SpanReference span, CancellationToken cancellationToken)
    {
        var items = await DecidedAsync(scope, [span.TraceId], cancellationToken);
        return Combine([.. items.Where(i => i.SpanReference == span)]);
    }

    public async ValueTask<IReadOnlyDictionary<string, VerdictView>> AllAsync(ProjectScope scope, CancellationToken cancellationToken) =>
        ByTrace(await DecidedAsync(scope, null, cancellationToken));

    public async ValueTask<IReadOnlySet<string>> TracesInQueueAsync(ProjectScope scope, string queueId, CancellationToken cancellationToken)
    {
        var queueIds = await scope.Queues().ListAsync();
        if (!queueIds.Contains(queueId)) return new HashSet<string>();
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        var spans = await scope.Queue(queueId).GetSpansAsync();
        return spans.Select(s => s.TraceId).Where(t => !blinded.BlindedTraceIds.Contains(t)).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<List<ReviewItemView>> DecidedAsync(ProjectScope scope, ImmutableArray<string>? traceIds, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        var visible = traceIds is { } asked ? [.. asked.Where(t => !blinded.BlindedTraceIds.Contains(t))] : traceIds;
        if (visible is { IsEmpty: true }) return [];
        var queueIds = await scope.Queues().ListAsync();
        var answers = await Task.WhenAll(queueIds.Select(id => scope.Queue(id).GetDecidedAsync(visible)));
        return [.. answers.SelectMany(a => a).Where(i => !blinded.BlindedTraceIds.Contains(i.SpanReference.TraceId))];
    }

    private static Dictionary<string, VerdictView> ByTrace(List<ReviewItemView> items) =>
        items.GroupBy(i => i.SpanReference.TraceId).ToDictionary(g => g.Key, g => Combine([.. g])!, StringComparer.Ordinal);

    /// <summary>One failure fails the whole. While an item is disputed, the majority speaks for it, and a tie for failure.</summary>
    private static VerdictView? Combine(List<ReviewItemView> items)
    {
        if (items.Count == 0) return null;
        var label = items.Exists(i => LabelOf(i) == Label.Fail) ? Label.Fail : Label.Pass;
        return new VerdictView(
            label, items.Exists(i => i.Consensus is null),
            [.. items.SelectMany(i => i.Adjudication is { } decided ? i.Reviews.Add(decided) : i.Reviews)]);
    }

    private static Label LabelOf(ReviewItemView item) =>
        item.Consensus ?? (item.Reviews.Count(r => r.CountedLabel == Label.Pass) * 2 > item.Reviews.Length ? Label.Pass : Label.Fail);
}
