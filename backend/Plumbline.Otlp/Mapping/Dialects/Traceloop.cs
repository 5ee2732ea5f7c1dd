using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;
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

    public bool Recognises(in SpanSource source) =>
        source.Has(KeyFamilies.Traceloop) || source.ScopeName.StartsWith("@traceloop/"u8) || source.Has(RequestType);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (source.Text(Kind, out var kind)) draft.Kind(OperationKinds.Of(kind));
        if (source.Text(RequestType, out var type)) draft.Kind(OperationKinds.Of(type));
        if (draft.Writer.Kind == StoredKind.Tool) draft.Text(SpanText.ToolName, source, EntityName);
        draft.FlatList(SpanText.Tools, source, "llm.request.functions."u8, "function");
        draft.Text(SpanText.Input, source, EntityInput);
        draft.Text(SpanText.Output, source, EntityOutput);
        draft.Count(SpanNumber.TotalTokens, source, TotalTokens);
        draft.Text(SpanText.UserId, source, User);
        draft.Text(SpanText.SessionId, source, Session);
        FoundInEvents(source, draft);
    }

    // A search of a vector database records each document in an event.
    private static void FoundInEvents(in SpanSource source, SpanDraft draft)
    {
        if (draft.Writer.Has(SpanText.Documents) || source.Span.EventCount == 0) return;
        JsonOutput? list = null;
        foreach (var message in source.Events)
        {
            var found = WireEvent.Read(message);
            if (!found.Name.SequenceEqual("db.query.result"u8)) continue;
            if (list is null)
            {
                list = draft.BeginJson();
                list.BeginArray();
            }
            list.BeginObject();
            foreach (var pair in found.Attributes) Member(list, draft, pair.Key, pair.Value);
            list.EndObject();
        }
        if (list is null) return;
        list.EndArray();
        draft.EndJson(SpanText.Documents);
    }

    private static void Member(JsonOutput list, SpanDraft draft, ReadOnlySpan<byte> key, in AnyValue value)
    {
        if (!key.StartsWith("db.query.result."u8)) return;
        var name = key["db.query.result.".Length..];
        draft.Any.Name(list, name.SequenceEqual("document"u8) ? "content"u8 : name);
        draft.Any.Write(list, value, 1);
    }
}
