using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Recognises spans that carry what an evaluator said.</summary>
internal static class Scores
{
    /// <summary>Whether the span may carry a score, in an event or in attributes of any dialect.</summary>
    public static bool AreIn(SpanReader span) =>
        span.Text(SpanText.Events).IndexOf("\"gen_ai.evaluation."u8) >= 0 || span.Text(SpanText.Attributes) is var attributes
        && (attributes.IndexOf("\"gen_ai.evaluation."u8) >= 0 || attributes.IndexOf("annotations."u8) >= 0 || attributes.IndexOf("evaluations."u8) >= 0);
}
