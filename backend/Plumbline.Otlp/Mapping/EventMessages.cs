using System.Text;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Mapping.Messages;

namespace Plumbline.Otlp.Mapping;

/// <summary>What events say of a model call's messages: those of the conventions before 1.37, in span events or log records, and the
/// details event after it.</summary>
internal sealed record EventMessages(string? InputJson, string? Input, string? OutputJson, string? Output)
{
    /// <summary>Reads a list of events as it is stored with a span: name, time, attributes, and the body of a log record among the attributes.</summary>
    public static EventMessages Read(ReadOnlySpan<byte> events)
    {
        var tapes = new JsonTapes();
        using var tape = tapes.Rent();
        var input = new Side("user", tapes);
        var output = new Side("assistant", tapes);
        if (tape.TryParse(events))
        {
            foreach (var (name, attributes) in InOrder(tape.Root))
            {
                if (name.Is("gen_ai.client.inference.operation.details"u8)) ReadDetails(attributes, input, output);
                else ReadMessage(name, attributes, input, output);
            }
        }
        var (inputJson, inputText) = input.Finish();
        var (outputJson, outputText) = output.Finish();
        return new(inputJson, inputText, outputJson, outputText);
    }

    private static IEnumerable<(JsonNode Name, JsonNode Attributes)> InOrder(JsonNode events)
    {
        var list = new List<(ulong Time, JsonNode Name, JsonNode Attributes)>();
        foreach (var one in events.Items)
        {
            if (one.Text("name") is not { IsText: true } name || !one.Has("attributes", out var attributes)) continue;
            list.Add((one.Has("time", out var time) && time.TryGetUInt64(out var nanos) ? nanos : 0, name, attributes));
        }
        return list.OrderBy(e => e.Time).Select(e => (e.Name, e.Attributes));
    }

    private static void ReadMessage(JsonNode name, JsonNode attributes, Side input, Side output)
    {
        switch (name.ToString())
        {
            case "gen_ai.choice": output.Message(attributes, "assistant"u8); break;
            case "gen_ai.system.message": input.Message(attributes, "system"u8); break;
            case "gen_ai.user.message": input.Message(attributes, "user"u8); break;
            case "gen_ai.assistant.message": input.Message(attributes, "assistant"u8); break;
            case "gen_ai.tool.message": input.Message(attributes, "tool"u8); break;
            case "gen_ai.content.prompt" when attributes.Has("gen_ai.prompt", out var prompt): input.Any(prompt); break;
            case "gen_ai.content.completion" when attributes.Has("gen_ai.completion", out var completion): output.Any(completion); break;
        }
    }

    private static void ReadDetails(JsonNode attributes, Side input, Side output)
    {
        if (attributes.Has("body", out var body) && body.IsObject) ReadDetails(body, input, output);
        if (attributes.Has("gen_ai.system_instructions", out var system)) input.Any(system, "system"u8);
        if (attributes.Has("gen_ai.input.messages", out var messages)) input.Any(messages);
        if (attributes.Has("gen_ai.output.messages", out var answers)) output.Any(answers);
    }

    private sealed class Side(string role, JsonTapes tapes)
    {
        private readonly JsonOutput _json = new();
        private readonly TextCollector _text = new();
        private MessageWriter? _messages;
        private bool _any;

        public void Message(JsonNode attributes, ReadOnlySpan<byte> messageRole)
        {
            using var parsed = tapes.Rent();
            using var rewritten = tapes.Rent();
            var payload = attributes;
            if (attributes.First(out var body, "body", "gen_ai.event.content", "event_body"))
                payload = EmbeddedJson.TryParse(body, parsed) ? parsed.Root : body;
            Writer().Message(WithParsedMembers(payload, rewritten), messageRole);
            _any = true;
        }

        public void Any(JsonNode value, ReadOnlySpan<byte> otherRole = default)
        {
            using var parsed = tapes.Rent();
            var asRole = otherRole.IsEmpty ? Encoding.UTF8.GetBytes(role) : otherRole;
            var writer = Writer();
            if (new MessageShapes(writer).Write(EmbeddedJson.TryParse(value, parsed) ? parsed.Root : value, asRole)) _any = true;
            else if (value.IsText)
            {
                writer.Plain(asRole, value.Utf8);
                _any = true;
            }
        }

        public (string? Json, string? Text) Finish()
        {
            if (!_any) return default;
            _json.EndArray();
            var plain = role == "user" && _text.HasLastUser ? _text.LastUser : _text.Last;
            return (Encoding.UTF8.GetString(_json.Written), _text.HasLast ? Encoding.UTF8.GetString(plain) : null);
        }

        private MessageWriter Writer()
        {
            if (_messages is null) _json.BeginArray();
            return _messages ??= new(_json, _text, tapes);
        }

        // Senders that may only use plain values put the message and its tool calls into strings.
        private JsonNode WithParsedMembers(JsonNode payload, JsonTape rewritten)
        {
            var isNeeded = false;
            for (var members = payload.Members; members.MoveNext();) isNeeded |= MayBeParsed(members.Name) && members.Current.IsText;
            if (!isNeeded) return payload;
            var whole = new JsonOutput();
            whole.BeginObject();
            for (var members = payload.Members; members.MoveNext();)
            {
                using var member = tapes.Rent();
                whole.Member(members.Name.Utf8, MayBeParsed(members.Name) && EmbeddedJson.TryParse(members.Current, member) ? member.Root : members.Current);
            }
            whole.EndObject();
            return rewritten.TryParse(whole.Written, int.MaxValue) ? rewritten.Root : payload;
        }

        private static bool MayBeParsed(JsonNode name) => name.Is("message"u8) || name.Is("tool_calls"u8) || name.Is("toolCalls"u8);
    }
}
