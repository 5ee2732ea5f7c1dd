using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>The last resort: what kind of span it must be, judging by what it holds.</summary>
internal sealed class Inference : IDialect
{
    private static readonly AttributeKey ToolCallId = "gen_ai.tool.call.id";
    private static readonly AttributeKey EvaluationName = "gen_ai.evaluation.name";
    private static readonly AttributeKey AgentName = "gen_ai.agent.name";

    public ReadOnlySpan<byte> Name => "opentelemetry"u8;

    public bool IsFallback => true;

    public bool Recognises(in SpanSource source) => true;

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (draft.HasKind) return;
        var writer = draft.Writer;
        if (writer.Has(SpanText.ToolName) || source.Has(ToolCallId)) draft.Kind(StoredKind.Tool);
        else if (writer.Has(SpanText.Documents)) draft.Kind(StoredKind.Retriever);
        else if (writer.Has(SpanText.Model) || writer.Has(SpanText.RequestModel)) draft.Kind(StoredKind.Generation);
        else if (source.Has(EvaluationName)) draft.Kind(StoredKind.Evaluator);
        else if (source.Has(AgentName)) draft.Kind(StoredKind.Agent);
    }
}
