using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>OpenLLMetry, the conventions of Traceloop.</summary>
/// <remarks>https://github.com/traceloop/openllmetry</remarks>
internal sealed class Traceloop : IDialect
{
    private static readonly AttributeKey Kind = "traceloop.span.kind";
    private static readonly AttributeKey RequestType = "llm.request.type";
    private static readonly AttributeKey EntityName = "traceloop.entity.name";
    private static readonly AttributeKey EntityInput = "traceloop.entity.input";
    private static readonly AttributeKey EntityOutput = "traceloop.entity.output";
    private static readonly AttributeKey TotalTokens = "llm.usage.total_tokens";
    private static readonly AttributeKey User = "traceloop.association.properties.user_id";
    private static readonly AttributeKey Session = "traceloop.association.properties.session_id";

    public ReadOnlySpan<byte> Name => "traceloop"u8;

    public bool Recognises(in SpanSource source) => source.Has(KeyFamilies.Traceloop) || source.ScopeName.StartsWith("@traceloop/"u8) || source.Has(RequestType);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (source.Text(Kind, out var kind)) draft.Kind(OperationKinds.Of(kind));
        if (source.Text(RequestType, out var type)) draft.Kind(OperationKinds.Of(type));
        if (draft.Writer.Kind == SpanKind.Tool) draft.Text(SpanText.ToolName, source, EntityName);
        draft.FlatList(SpanText.Tools, source, "llm.request.functions."u8, "function");
        draft.Text(SpanText.Input, source, EntityInput);
        draft.Text(SpanText.Output, source, EntityOutput);
        draft.Count(SpanNumber.TotalTokens, source, TotalTokens);
        draft.Text(SpanText.UserId, source, User);
        draft.Text(SpanText.SessionId, source, Session);
    }
}
