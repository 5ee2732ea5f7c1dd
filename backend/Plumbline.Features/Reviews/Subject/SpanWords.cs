using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Messages;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>What a span was asked or answered.</summary>
/// <param name="Messages">In order.</param>
/// <param name="AreAModels">Whether they are a model's conversation, in which the assistant's words are the model's own. What a chain or a tool passes on,
/// and a text without messages, may be anything that a program recorded.</param>
internal sealed record SpanWords(IReadOnlyList<Message> Messages, bool AreAModels)
{
    public static SpanWords Asked(SpanView span) => Of(span, span.InputMessagesJson, span.Input, "user");

    public static SpanWords Answered(SpanView span) => Of(span, span.OutputMessagesJson, span.Output, "assistant");

    private static SpanWords Of(SpanView span, string? json, string? text, string role) => MessageReader.Read(json, role) is { Count: > 0 } messages
        ? new(messages, span.Kind is SpanKind.Generation or SpanKind.Agent)
        : new(MessageReader.ReadOrText(null, text, role), false);
}
