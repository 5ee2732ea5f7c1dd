using System.Text;

namespace Plumbline.Otlp.Tests.Messages;

/// <summary>JSON texts of the shapes that messages come in, and of shapes they do not come in: escapes, white space, wrong types, members twice.</summary>
internal sealed class RandomJson(Random random)
{
    private static readonly string[] Strings =
    [
        "user", "assistant", "system", "tool", "text", "tool_call", "tool_call_response", "hello", "a\\nb", "q\\\"q\\\"", "\\u00e9\\u4e2d",
        "\\ud83d\\ude00", "\\ud83d x", "\\udc00", "\\/path", "", "é中😀",
        "[1,2]", "{\\\"a\\\": 1}", " {\\\"b\\\":[1, 2]}", "\\n[\\\"x\\\\u0041\\\"]", "\\u0020{\\\"c\\\":1}", "human", "ai", "developer",
        "function", "reasoning", "message", "stop", "image_url", "http://x/y.png",
        "blob", "uri", "function_call", "function_call_output", "text/plain", "\\u0001\\u001f\\b\\f", "input_text", "tool-result",
        "thinking", "HumanMessageChunk", "json",
    ];

    private static readonly string[] Names =
    [
        "role", "content", "parts", "type", "text", "name", "finish_reason", "tool_calls", "id", "function", "arguments", "message",
        "choices", "messages", "system", "input", "output", "model", "data", "mime_type",
        "image_url", "url", "kwargs", "lc", "tool_call_id", "response", "result", "reasoning", "summary", "delta", "prompt", "candidates",
        "generations", "contents", "args", "modality", "stop_reason", "tool_call",
        "value", "na\\u006de", "", "x y", "\\u0063ontent", "reasoning_content", "generationInfo", "finishReason", "functionCall", "message_content",
    ];

    /// <summary>A value nested at most so deep.</summary>
    public string Value(int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
            return random.Next(8) switch { 0 => "1", 1 => "-2.5e3", 2 => random.Next(2) == 0 ? "true" : "false", 3 => "null", _ => Text() };
        return random.Next(3) switch { 0 => Array(depth), 1 => Message(depth), _ => Object(depth) };
    }

    /// <summary>A copy with some bytes changed, doubled or cut off; most often no longer JSON.</summary>
    public byte[] Mutate(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json).ToList();
        for (var n = random.Next(3); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)"{}[]\",:\\0123456789eE+-.ntfu /\x1f "[random.Next(31)]; break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, bytes[random.Next(bytes.Count)]); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }
        return [.. bytes];
    }

    private string Array(int depth) => "[" + Space() + string.Join("," + Space(), Many(4, () => Value(depth - 1) + Space())) + "]";

    private string Object(int depth) =>
        "{" + Space() + string.Join("," + Space(), Many(5, () => $"\"{Names[random.Next(Names.Length)]}\"{Space()}:{Space()}{Value(depth - 1)}")) + "}";

    private string Message(int depth) =>
        $$"""{"role":{{Text()}}{{Space()}},"parts":[{{string.Join(',', Many(3, () => $$"""{"type":{{Text()}},"content":{{Value(depth > 2 ? 1 : 0)}}}"""))}}]{{(random.Next(2) == 0 ? ",\"finish_reason\":\"stop\"" : "")}}}""";

    private string Text() => $"\"{Strings[random.Next(Strings.Length)]}\"";

    private string Space() => random.Next(6) == 0 ? " \n\t\r"[random.Next(4)].ToString() : "";

    private IEnumerable<string> Many(int below, Func<string> make) => Enumerable.Range(0, random.Next(below)).Select(_ => make()).ToArray();
}
