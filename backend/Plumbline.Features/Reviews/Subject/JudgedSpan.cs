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
    /// it has an output, else the last generation that has one, else the root; null for a trace without spans.</summary>
    public static SpanView? Of(ImmutableArray<SpanView> spans)
    {
        if (TraceRoot.Of(spans) is not { } root) return null;
        if (IsReadable(root)) return root;
        return Last(spans, IsReadable) ?? (HasOutput(root) ? root : Last(spans, HasOutput)) ?? root;
    }

    public static bool HasOutput(SpanView span) => !string.IsNullOrEmpty(span.Output) || span.OutputMessagesJson is { Length: > 2 };

    private static SpanView? Last(ImmutableArray<SpanView> spans, Func<SpanView, bool> isWanted) =>
        spans.Where(s => s.Kind == SpanKind.Generation && isWanted(s)).MaxBy(s => s.StartUnixNano);

    private static bool IsReadable(SpanView span) =>
        HasOutput(span) && new PayloadBlinding(Strictest).Show(SpanAnswer.Of(span)).Any(m => m.Parts.Any(p => p is not OtherPart { Content: null }));
}

/// <summary>What a span answered.</summary>
internal static class SpanAnswer
{
    public static IReadOnlyList<Message> Of(SpanView span) => MessageReader.ReadOrText(span.OutputMessagesJson, span.Output, "assistant");
}
