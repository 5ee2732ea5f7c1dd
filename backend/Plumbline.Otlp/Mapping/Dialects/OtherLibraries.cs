using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>Single attributes of further libraries: Google's ADK, Genkit, MLflow.</summary>
internal sealed class OtherLibraries : IDialect
{
    private static readonly AttributeKey AdkRequest = "gcp.vertex.agent.llm_request";
    private static readonly AttributeKey AdkResponse = "gcp.vertex.agent.llm_response";
    private static readonly AttributeKey AdkArguments = "gcp.vertex.agent.tool_call_args";
    private static readonly AttributeKey AdkToolResponse = "gcp.vertex.agent.tool_response";
    private static readonly AttributeKey GenkitInput = "genkit:input";
    private static readonly AttributeKey GenkitOutput = "genkit:output";
    private static readonly AttributeKey GenkitSubtype = "genkit:metadata:subtype";
    private static readonly AttributeKey MlflowInputs = "mlflow.spanInputs";
    private static readonly AttributeKey MlflowOutputs = "mlflow.spanOutputs";
    private static readonly AttributeKey MlflowType = "mlflow.spanType";

    public ReadOnlySpan<byte> Name => "opentelemetry"u8;

    public bool Recognises(in SpanSource source) => source.Has(KeyFamilies.Other);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (source.Text(GenkitSubtype, out var subtype)) draft.Kind(subtype.SequenceEqual("model"u8) ? StoredKind.Generation : OperationKinds.Of(subtype));
        if (source.Text(MlflowType, out var type))
            draft.Kind(type.IndexOf("CHAT_MODEL"u8) >= 0 ? StoredKind.Generation : OperationKinds.Of(type.Trim((byte)'"')));
        draft.Content(isInput: true, source, AdkRequest, GenkitInput, MlflowInputs);
        draft.Content(isInput: false, source, AdkResponse, GenkitOutput, MlflowOutputs);
        draft.Text(SpanText.Input, source, AdkArguments);
        draft.Text(SpanText.Output, source, AdkToolResponse);
    }
}
