using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Mapping.Messages;

/// <summary>Finds the messages in what a library recorded: a list of them, one, or the whole body of a request or response.</summary>
internal sealed class MessageShapes(MessageWriter messages)
{
    /// <summary>Writes what messages there are; false when the value holds none, and then nothing was written.</summary>
    public bool Write(JsonNode value, ReadOnlySpan<byte> role)
    {
        switch (value.Kind)
        {
            case JsonKind.Array: return List(value, role);
            case JsonKind.Object: return Object(value, role);
            case JsonKind.String:
                messages.Plain(role, value.Utf8);
                return true;
            default: return false;
        }
    }

    private bool List(JsonNode list, ReadOnlySpan<byte> role)
    {
        var items = list.Items;
        if (!items.MoveNext()) return false;
        var first = items.Current;
        if (first.IsArray)
        {
            var any = false;
            foreach (var inner in list.Items) any |= Write(inner, role);
            return any;
        }
        if (IsPart(first))
        {
            messages.OfParts(list, role);
            return true;
        }
        if (!IsMessage(first)) return false;
        foreach (var message in list.Items)
        {
            if (message.IsObject || message.IsText) messages.Message(message, role);
        }
        return true;
    }

    private bool Object(JsonNode o, ReadOnlySpan<byte> role)
    {
        if (o.Has("choices", out var choices) && choices.IsArray) return Choices(choices, role);
        if (o.Has("generations", out var generations) && generations.IsArray) return Generations(generations, role);
        if (o.Has("candidates", out var candidates) && candidates.IsArray) return Candidates(candidates, role);
        if (o.First(out var list, "messages", "contents") && list.IsArray && !o.HasAny("role")) return WithSystem(o, list, role);
        if (o.Has("prompt", out var prompt) && !o.HasAny("role")) return WithSystem(o, prompt, role);
        if (o.Has("input", out var input) && o.HasAny("model", "instructions", "tools")) return WithSystem(o, input, role);
        if (o.Has("output", out var output) && output.IsArray) return List(output, role);
        if (!IsMessage(o)) return false;
        messages.Message(o, role);
        return true;
    }

    private bool WithSystem(JsonNode o, JsonNode rest, ReadOnlySpan<byte> role)
    {
        if (o.First(out var system, "system", "instructions", "system_instruction", "systemInstruction"))
            Write(system.Has("parts", out var parts) ? parts : system, "system"u8);
        return Write(rest, role);
    }

    private bool Choices(JsonNode choices, ReadOnlySpan<byte> role)
    {
        var any = false;
        foreach (var choice in choices.Items)
        {
            messages.Message(choice.First(out var message, "message", "delta") ? message : choice, role, choice.Text("finish_reason"));
            any = true;
        }
        return any;
    }

    private bool Candidates(JsonNode candidates, ReadOnlySpan<byte> role)
    {
        var any = false;
        foreach (var candidate in candidates.Items)
        {
            if (candidate.Has("content", out var content)) messages.Message(content, role, candidate.Text("finishReason"));
            any = true;
        }
        return any;
    }

    private bool Generations(JsonNode generations, ReadOnlySpan<byte> role)
    {
        var any = false;
        foreach (var batch in generations.Items)
        {
            foreach (var generation in batch.Items)
            {
                var finish = generation.Has("generationInfo", out var info) || generation.Has("generation_info", out info)
                    ? info.Text("finish_reason")
                    : default;
                messages.Message(generation.Has("message", out var message) ? message : generation, role, finish);
                any = true;
            }
        }
        return any;
    }

    private static bool IsMessage(JsonNode e)
    {
        if (!e.IsObject) return false;
        if (e.HasAny("role", "parts", "tool_calls", "function_call", "reasoning_content") || (e.HasAny("lc") && e.HasAny("kwargs"))) return true;
        if (e.Has("message", out var inner) && inner.IsObject) return true;
        var type = e.Text("type");
        return IsMessageType(type) || (e.HasAny("content") && e.HasAny("stop_reason", "finish_reason", "tool_call_id"))
            || (type.Is("reasoning"u8) && e.HasAny("summary"));
    }

    private static bool IsMessageType(JsonNode type) =>
        type.IsText
            && (type.Is("message"u8) || type.Is("function_call"u8) || type.Is("function_call_output"u8) || type.Is("human"u8)
                || type.Is("ai"u8) || type.Is("system"u8) || type.Is("tool"u8));

    private static bool IsPart(JsonNode e)
    {
        if (!e.IsObject || e.HasAny("role", "summary") || e.Text("type") is not { IsText: true } type) return false;
        return PartTypes.Of(e) switch
        {
            PartType.Text => !type.Is("refusal"u8) && !type.Is("summary_text"u8),
            PartType.Call => !type.Is("function_call"u8) && !type.Is("function"u8),
            PartType.Image => !type.Is("input_image"u8),
            PartType.Blob => true,
            _ => type.Is("uri"u8),
        };
    }
}
