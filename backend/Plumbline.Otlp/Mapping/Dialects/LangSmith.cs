using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>What LangSmith sends in its OpenTelemetry mode.</summary>
/// <remarks>https://docs.langchain.com/langsmith/trace-with-opentelemetry</remarks>
internal sealed class LangSmith : IDialect
{
    private static readonly AttributeKey Kind = "langsmith.span.kind";
    private static readonly AttributeKey Session = "langsmith.metadata.session_id";
    private static readonly AttributeKey Thread = "langsmith.metadata.thread_id";
    private static readonly AttributeKey User = "langsmith.metadata.user_id";
    private static readonly AttributeKey Tags = "langsmith.span.tags";
    private static readonly AttributeKey Usage = "langsmith.usage_metadata";
    private static readonly AttributeKey Model = "langsmith.metadata.ls_model_name";
    private static readonly AttributeKey Provider = "langsmith.metadata.ls_provider";
    private static readonly AttributeKey Parameters = "langsmith.metadata.ls_invocation_params";

    public ReadOnlySpan<byte> Name => "langsmith"u8;

    public bool Recognises(in SpanSource source) => source.Has(KeyFamilies.LangSmith);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (source.Text(Kind, out var kind)) draft.Kind(OperationKinds.Of(kind));
        draft.Text(SpanText.Provider, source, Provider);
        draft.Text(SpanText.RequestModel, source, Model);
        draft.Json(SpanText.Parameters, source, Parameters);
        draft.Text(SpanText.SessionId, source, Session, Thread);
        draft.Text(SpanText.UserId, source, User);
        draft.List(SpanList.Tags, source, Tags, (byte)',');
        using var usage = draft.Tapes.Rent();
        if (draft.TryObject(source, Usage, usage)) Details(usage.Root, draft);
        FailureInEvent(source, draft);
    }

    private static void Details(JsonNode usage, SpanDraft draft)
    {
        draft.Count(SpanNumber.InputTokens, usage, "input_tokens");
        draft.Count(SpanNumber.OutputTokens, usage, "output_tokens");
        draft.Count(SpanNumber.TotalTokens, usage, "total_tokens");
        if (usage.Has("input_token_details", out var input)) draft.Count(SpanNumber.CachedInputTokens, input, "cache_read");
        if (usage.Has("input_token_details", out input)) draft.Count(SpanNumber.CacheWriteTokens, input, "cache_creation");
        if (usage.Has("output_token_details", out var output)) draft.Count(SpanNumber.ReasoningTokens, output, "reasoning");
    }

    // A failed call says OK in its status and carries the exception as an event.
    private static void FailureInEvent(in SpanSource source, SpanDraft draft)
    {
        foreach (var message in source.Events)
        {
            var @event = WireEvent.Read(message);
            if (!@event.Name.SequenceEqual("exception"u8)) continue;
            draft.Error(default);
            foreach (var pair in @event.Attributes)
            {
                if (pair.Key.SequenceEqual("exception.message"u8) && draft.Any.TryText(pair.Value, out var text))
                    draft.Text(SpanText.StatusMessage, AnyValue.Text(text));
            }
        }
    }
}
