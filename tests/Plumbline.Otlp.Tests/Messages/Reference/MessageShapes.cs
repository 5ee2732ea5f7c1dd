using System.Text.Json;

namespace Plumbline.Otlp.Tests.Messages.Reference;

/// <summary>The plain way to the same result, over documents and strings, for the fast one to be compared with. Finds the messages in what
/// a library recorded: a list of them, one, or the whole body of a request or response.</summary>
internal sealed class MessageShapes(MessageWriter messages)
{
    /// <summary>Writes what messages there are; false when the value holds none, and then nothing was written.</summary>
    public bool Write(JsonElement value, string role)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array: return List(value, role);
            case JsonValueKind.Object: return Object(value, role);
            case JsonValueKind.String:
                messages.Plain(role, value.GetString()!);
                return true;
            default: return false;
        }
    }

    private bool List(JsonElement list, string role)
    {
        if (list.GetArrayLength() == 0) return false;
        var first = list[0];
        if (first.IsArray())
        {
            var any = false;
            foreach (var inner in list.EnumerateArray()) any |= Write(inner, role);
            return any;
        }
        if (IsPart(first))
        {
            messages.OfParts(list, role);
            return true;
        }
        if (!IsMessage(first)) return false;
        foreach (var message in list.EnumerateArray())
        {
            if (message.IsObject() || message.IsText()) messages.Message(message, role);
        }
        return true;
    }

    private bool Object(JsonElement o, string role)
    {
        if (o.Has("choices", out var choices) && choices.IsArray()) return Each(choices, role, Choice);
        if (o.Has("generations", out var generations) && generations.IsArray()) return Generations(generations, role);
        if (o.Has("candidates", out var candidates) && candidates.IsArray()) return Each(candidates, role, Candidate);
        if (o.First(out var list, "messages", "contents") && list.IsArray() && !o.Has("role", out _)) return WithSystem(o, list, role);
        if (o.Has("prompt", out var prompt) && !o.Has("role", out _)) return WithSystem(o, prompt, role);
        if (o.Has("input", out var input) && o.First(out _, "model", "instructions", "tools")) return WithSystem(o, input, role);
        if (o.Has("output", out var output) && output.IsArray()) return List(output, role);
        if (!IsMessage(o)) return false;
        messages.Message(o, role);
        return true;
    }

    private bool WithSystem(JsonElement o, JsonElement rest, string role)
    {
        if (o.First(out var system, "system", "instructions", "system_instruction", "systemInstruction"))
            Write(system.Has("parts", out var parts) ? parts : system, "system");
        return Write(rest, role);
    }

    private static bool Each(JsonElement list, string role, Action<JsonElement, string> write)
    {
        foreach (var item in list.EnumerateArray()) write(item, role);
        return list.GetArrayLength() > 0;
    }

    private void Choice(JsonElement choice, string role)
    {
        var finish = choice.Text("finish_reason");
        if (choice.First(out var message, "message", "delta")) messages.Message(message, role, finish);
        else messages.Message(choice, role, finish);
    }

    private void Candidate(JsonElement candidate, string role)
    {
        if (candidate.Has("content", out var content)) messages.Message(content, role, candidate.Text("finishReason"));
    }

    private bool Generations(JsonElement generations, string role)
    {
        var any = false;
        foreach (var batch in generations.EnumerateArray())
        {
            foreach (var generation in batch.IsArray() ? batch.EnumerateArray() : default)
            {
                var finish = generation.Has("generationInfo", out var info) || generation.Has("generation_info", out info) ? info.Text("finish_reason") : null;
                messages.Message(generation.Has("message", out var message) ? message : generation, role, finish);
                any = true;
            }
        }
        return any;
    }

    private static bool IsMessage(JsonElement e) =>
        e.IsObject() && (e.First(out _, "role", "parts", "tool_calls", "function_call", "reasoning_content") || (e.Has("lc", out _) && e.Has("kwargs", out _))
 || (e.Has("message", out var m) && m.IsObject())
                || e.Text("type") is "message" or "function_call" or "function_call_output" or "human" or "ai" or "system" or "tool"
 || (e.Has("content", out _) && e.First(out _, "stop_reason", "finish_reason", "tool_call_id"))
                || (e.Text("type") == "reasoning" && e.Has("summary", out _)));

    private static bool IsPart(JsonElement e) =>
        e.IsObject() && !e.Has("role", out _) && !e.Has("summary", out _)
            && e.Text("type") is "text" or "tool_call" or "tool_use" or "tool-call" or "image_url" or "image" or "blob" or "uri" or "output_text" or "input_text";
}
