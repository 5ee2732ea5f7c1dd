using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Messages;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Which span of a trace stands for its answer.</summary>
internal static class JudgedSpan
{
    private static readonly BlindingRules Strictest = new(HideModel: true, HidePromptVersion: true, HideMetrics: true, HideIdentity: true, Shuffle: true);

    /// <summary>The root when its output can be read by whoever may be given it, else the last generation of which that holds, else the root as long as
    /// it has an output, else the last generation that has one, else the root; null for a trace without spans. Never what an evaluator, or a model
    /// that one asked, said of the answer, unless the trace is the evaluator's own.</summary>
    public static SpanView? Of(ImmutableArray<SpanView> spans)
    {
        if (TraceRoot.Of(spans) is not { } root) return null;
        if (IsReadable(root)) return root;
        var evaluators = EvaluatorSpans.In(spans);
        var generations = spans.Where(s => s.Kind == SpanKind.Generation && !evaluators.Contains(s.SpanId)).ToList();
        return Last(generations, IsReadable) ?? (HasOutput(root) ? root : Last(generations, HasOutput)) ?? root;
    }

    public static bool HasOutput(SpanView span) => !string.IsNullOrEmpty(span.Output) || span.OutputMessagesJson is { Length: > 2 };

    private static SpanView? Last(List<SpanView> generations, Func<SpanView, bool> isWanted) => generations.Where(isWanted).MaxBy(s => s.StartUnixNano);

    private static bool IsReadable(SpanView span) =>
        HasOutput(span) && new PayloadBlinding(Strictest).Show(SpanWords.Answered(span)).Any(m => m.Parts.Any(p => p is not OtherPart { Content: null }));
}
