using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>What Logfire and PydanticAI send.</summary>
/// <remarks>https://logfire.pydantic.dev/docs/</remarks>
internal sealed class Logfire : IDialect
{
    private static readonly AttributeKey SpanType = "logfire.span_type";
    private static readonly AttributeKey Prompt = "prompt";
    private static readonly AttributeKey Events = "events";
    private static readonly AttributeKey AllMessageEvents = "all_messages_events";
    private static readonly AttributeKey AllMessages = "pydantic_ai.all_messages";
    private static readonly AttributeKey FinalResult = "final_result";
    private static readonly AttributeKey ToolArguments = "tool_arguments";
    private static readonly AttributeKey ToolResponse = "tool_response";

    public ReadOnlySpan<byte> Name => "logfire"u8;

    public bool Recognises(in SpanSource source) =>
        source.Has(KeyFamilies.Logfire) || source.Has(AllMessages) || source.Has(AllMessageEvents) || source.Has(ToolArguments)
            || source.ScopeName.StartsWith("pydantic"u8);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        // Every span is announced by a placeholder with an id of its own.
        if (source.Text(SpanType, out var type) && type.SequenceEqual("pending_span"u8)) draft.IsPlaceholder = true;
        draft.InputMessages(source, AllMessages, AllMessageEvents, Events, Prompt);
        draft.Text(SpanText.Input, source, ToolArguments, Prompt);
        draft.Text(SpanText.Output, source, ToolResponse, FinalResult);
    }
}
