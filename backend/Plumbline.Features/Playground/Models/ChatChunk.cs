using System.Text.Json;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Playground.Models;

/// <summary>Reads one chunk of a streamed chat completion. Members that are missing or of another type are passed over.</summary>
internal static class ChatChunk
{
    /// <summary>What the chunk says, in its order.</summary>
    /// <exception cref="ProviderFailure">The chunk reports an error, or is no JSON.</exception>
    public static List<ChatEvent> Read(string data, string? secret)
    {
        using var document = Parse(data);
        var chunk = document.RootElement;
        if (ProviderErrors.Find(chunk, null, secret) is { } error) throw new ProviderFailure(error);
        var events = new List<ChatEvent>();
        if (Member(chunk, "choices", JsonValueKind.Array) is { } choices)
            foreach (var choice in choices.EnumerateArray()) Choice(choice, events);
        if (Member(chunk, "usage", JsonValueKind.Object) is { } usage) events.Add(new TokensCounted(Tokens(usage)));
        return events;
    }

    public static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    public static string? Text(JsonElement parent, string name) => Member(parent, name, JsonValueKind.String)?.GetString();

    private static void Choice(JsonElement choice, List<ChatEvent> events)
    {
        if (Member(choice, "delta", JsonValueKind.Object) is { } delta)
        {
            if (Text(delta, "content") is { Length: > 0 } text) events.Add(new TextArrived(text));
            if (Member(delta, "tool_calls", JsonValueKind.Array) is { } calls)
                foreach (var call in calls.EnumerateArray()) events.Add(ToolCall(call));
        }
        if (Text(choice, "finish_reason") is { } reason) events.Add(new ChatEnded(reason));
    }

    private static ToolCallArrived ToolCall(JsonElement call)
    {
        var index = Member(call, "index", JsonValueKind.Number) is { } number && number.TryGetInt32(out var given) ? given : 0;
        var function = Member(call, "function", JsonValueKind.Object) ?? default;
        return new(index, Text(call, "id"), Text(function, "name"), Text(function, "arguments"));
    }

    private static TokenUsage Tokens(JsonElement usage)
    {
        var (input, output) = (Count(usage, "prompt_tokens") ?? 0, Count(usage, "completion_tokens") ?? 0);
        var cached = Member(usage, "prompt_tokens_details", JsonValueKind.Object) is { } inputDetails ? Count(inputDetails, "cached_tokens") : null;
        var reasoning = Member(usage, "completion_tokens_details", JsonValueKind.Object) is { } outputDetails ? Count(outputDetails, "reasoning_tokens") : null;
        return new(input, output, Count(usage, "total_tokens") ?? input + output, cached, reasoning);
    }

    private static long? Count(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var count) ? count : null;

    private static JsonDocument Parse(string data)
    {
        try
        {
            return JsonDocument.Parse(data);
        }
        catch (JsonException wrong)
        {
            throw new ProviderFailure(new(null, "bad_stream", "The provider sent something that is no JSON.", true), wrong);
        }
    }
}
