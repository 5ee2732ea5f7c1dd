using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Otlp.Mapping.Messages;

namespace Plumbline.Otlp.Mapping;

/// <summary>What events tell about a model call's messages: those of the conventions before 1.37, in span events or log records, and the details event after it.</summary>
internal sealed record EventMessages(string? InputJson, string? Input, string? OutputJson, string? Output)
{
    private const string Details = "gen_ai.client.inference.operation.details";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a list of events as it is stored with a span: name, time, attributes, and the body of a log record among the attributes.</summary>
    public static EventMessages Read(JsonElement events)
    {
        using var input = new Side("user");
        using var output = new Side("assistant");
        foreach (var one in events.EnumerateArray().OrderBy(e => e.Has("time", out var time) && time.TryGetUInt64(out var nanos) ? nanos : 0))
        {
            if (one.Text("name") is not { } name || !one.Has("attributes", out var attributes)) continue;
            if (name == Details) ReadDetails(attributes, input, output);
            else ReadMessage(name, attributes, input, output);
        }
        var (inputJson, inputText) = input.Finish();
        var (outputJson, outputText) = output.Finish();
        return new(inputJson, inputText, outputJson, outputText);
    }

    private static void ReadMessage(string name, JsonElement attributes, Side input, Side output)
    {
        switch (name)
        {
            case "gen_ai.choice": output.Message(Payload(attributes), "assistant"); break;
            case "gen_ai.system.message": input.Message(Payload(attributes), "system"); break;
            case "gen_ai.user.message": input.Message(Payload(attributes), "user"); break;
            case "gen_ai.assistant.message": input.Message(Payload(attributes), "assistant"); break;
            case "gen_ai.tool.message": input.Message(Payload(attributes), "tool"); break;
            case "gen_ai.content.prompt" when attributes.Has("gen_ai.prompt", out var prompt): input.Any(prompt); break;
            case "gen_ai.content.completion" when attributes.Has("gen_ai.completion", out var completion): output.Any(completion); break;
        }
    }

    private static void ReadDetails(JsonElement attributes, Side input, Side output)
    {
        if (attributes.Has("body", out var body) && body.IsObject()) ReadDetails(body, input, output);
        if (attributes.Has("gen_ai.system_instructions", out var system)) input.Any(system, "system");
        if (attributes.Has("gen_ai.input.messages", out var messages)) input.Any(messages);
        if (attributes.Has("gen_ai.output.messages", out var answers)) output.Any(answers);
    }

    private static JsonElement Payload(JsonElement attributes)
    {
        var payload = attributes.First(out var body, "body", "gen_ai.event.content", "event_body") ? Parsed(body) : attributes;
        return payload.IsObject() ? WithParsedMembers(payload) : payload;
    }

    // Senders that may only use plain values put the message and its tool calls into strings.
    private static JsonElement WithParsedMembers(JsonElement payload)
    {
        if (!payload.EnumerateObject().Any(m => m.Name is "message" or "tool_calls" or "toolCalls" && m.Value.IsText())) return payload;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            foreach (var member in payload.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                (member.Name is "message" or "tool_calls" or "toolCalls" ? Parsed(member.Value) : member.Value).WriteTo(json);
            }
            json.WriteEndObject();
        }
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static JsonElement Parsed(JsonElement value)
    {
        if (!value.IsText() || !EmbeddedJson.TryParse(value.GetString()!, out var document)) return value;
        using (document) return document.RootElement.Clone();
    }

    private sealed class Side(string role) : IDisposable
    {
        private readonly ArrayBufferWriter<byte> buffer = new();
        private readonly TextCollector text = new();
        private Utf8JsonWriter? json;
        private bool any;

        public void Message(JsonElement payload, string messageRole)
        {
            Writer().Message(payload, messageRole);
            any = true;
        }

        public void Any(JsonElement value, string? otherRole = null)
        {
            var parsed = Parsed(value);
            var writer = Writer();
            if (new MessageShapes(writer).Write(parsed, otherRole ?? role)) any = true;
            else if (value.IsText())
            {
                writer.Plain(otherRole ?? role, value.GetString()!);
                any = true;
            }
        }

        public (string? Json, string? Text) Finish()
        {
            if (json is null || !any) return default;
            json.WriteEndArray();
            json.Flush();
            return (Encoding.UTF8.GetString(buffer.WrittenSpan), role == "user" ? text.LastUser ?? text.Last : text.Last);
        }

        public void Dispose() => json?.Dispose();

        private MessageWriter Writer()
        {
            if (json is null)
            {
                json = new(buffer, Options);
                json.WriteStartArray();
            }
            return new(json, text);
        }
    }
}
