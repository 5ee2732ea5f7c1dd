using System.Text.Json;
using Plumbline.Features.Kernel.Messages.Structures;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>Reads the words out of JSON that a library recorded of a call: messages where they can be recognized (LangChain's values and generations, a graph's
/// state, bodies of requests and answers), else the texts that stand under the names of <see cref="ContentKeys.Words"/>. Whatever else there is
/// stays behind.</summary>
internal static class RecordedJson
{
    private const int MostWithin = 8;
    private const string Fence = "```";
    private static readonly JsonDocumentOptions Forgiving = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Whether a text is JSON, or was before it was cut off, or is a program's way to print the like.</summary>
    public static bool IsAny(string text)
    {
        var start = Bare(text).Span;
        if (start.Length < 2) return false;
        if (PrintedMessages.Are(text)) return true;
        var next = start[1..].TrimStart() is [var c, ..] ? Blanks.Is(c) ? FirstSeen(start[1..]) : c : ' ';
        return start[0] switch
        {
            '{' => next is '"' or '\'' or '}' || TryParse(text) is not null,
            '[' => next is '{' or '[' or '"' or '\'' or ']' || start.Contains("{\"", StringComparison.Ordinal) || TryParse(text) is not null,
            '"' or '/' => TryParse(text) is not null,
            _ => false,
        };
    }

    /// <summary>Whether all of a text is JSON that can be read, or messages that a library printed.</summary>
    public static bool IsWhole(string text) => PrintedMessages.Are(text) || (IsAny(text) && TryParse(text) is not null);

    /// <summary>The value that a text consists of; null when it is none.</summary>
    public static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Bare(text), Forgiving);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The messages that a text of JSON holds; none when there are none that may be shown.</summary>
    /// <param name="role">Of what names none.</param>
    public static List<Message> Read(string json, string role)
    {
        var found = new List<Message>();
        Read(json, role, found, 0);
        return found;
    }

    /// <summary>The texts among them, a line each; null when there are none.</summary>
    public static string? Text(string json)
    {
        var texts = Read(json, "user").Select(m => m.Text).Where(t => t.Length > 0).ToList();
        return texts.Count == 0 ? null : string.Join('\n', texts);
    }

    private static void Read(JsonElement value, string role, List<Message> into, int within)
    {
        if (value.ValueKind == JsonValueKind.String) Read(value.GetString()!, role, into, within);
        else if (value.ValueKind == JsonValueKind.Array) ReadList(value, role, into, within);
        else if (value.ValueKind == JsonValueKind.Object) ReadObject(value, role, into, within);
    }

    private static void Read(string text, string role, List<Message> into, int within)
    {
        if (!IsAny(text)) Add(into, role, text);
        else if (within == MostWithin) return;
        else if (TryParse(text) is { } inner) Read(inner, role, into, within + 1);
        else foreach (var (speaker, words) in PrintedMessages.In(text)) Read(words, speaker ?? role, into, within + 1);
    }

    // ["user", "What is…"] is one message.
    private static void ReadList(JsonElement list, string role, List<Message> into, int within)
    {
        if (list.GetArrayLength() == 2 && RecordedRoles.Of(list[0]) is { } named) Read(list[1], named, into, within);
        else foreach (var item in list.EnumerateArray()) Read(item, role, into, within);
    }

    private static void ReadObject(JsonElement value, string role, List<Message> into, int within)
    {
        if (RecordedCalls.IsOne(value))
        {
            Add(into, RecordedCalls.Read(value));
            return;
        }
        role = RecordedRoles.OfMessage(value) ?? role;
        var words = value.EnumerateObject().Where(m => ContentKeys.Words.Contains(m.Name)).ToList();
        // A generation and the message in it say the same.
        if (words.Exists(m => m.Name == "message")) words.RemoveAll(m => m.Name == "text");
        foreach (var member in words) Read(member.Value, role, into, within);
        foreach (var call in RecordedCalls.Of(value)) Add(into, call);
    }

    private static void Add(List<Message> into, MessagePart? call)
    {
        if (call is not null) into.Add(new Message("assistant", null, [call]));
    }

    // What one speaks in several parts is one message.
    private static void Add(List<Message> into, string role, string text)
    {
        if (text.Length == 0) return;
        if (into is [.., var last] && last.Role == role && last.Parts.All(p => p is TextPart))
            into[^1] = last with { Parts = [.. last.Parts, new TextPart(text)] };
        else into.Add(new Message(role, null, [new TextPart(text)]));
    }

    // Without what nobody sees around it, and without the fence of the only block that a text consists of.
    private static ReadOnlyMemory<char> Bare(string text)
    {
        var bare = Seen(text.AsMemory());
        if (!bare.Span.StartsWith(Fence) || !bare.Span.EndsWith(Fence) || bare.Span.IndexOf('\n') is not (> 0 and var line)) return bare;
        var within = bare[line..];
        return within.Span.IndexOf(Fence) == within.Length - Fence.Length ? Seen(within[..^Fence.Length]) : bare;
    }

    private static ReadOnlyMemory<char> Seen(ReadOnlyMemory<char> text)
    {
        var span = text.Span;
        var (start, end) = (0, span.Length);
        while (start < end && Blanks.Is(span[start])) start++;
        while (end > start && Blanks.Is(span[end - 1])) end--;
        return text[start..end];
    }

    private static char FirstSeen(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!Blanks.Is(c)) return c;
        return ' ';
    }
}
