using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Mapping.Messages;

/// <summary>JSON that arrives inside a string: whole, cut off by a sender's length limit, or not JSON at all.</summary>
internal static class EmbeddedJson
{
    /// <summary>Parses an object or array; anything else is taken for text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, JsonTape tape) => LooksStructured(text) && tape.TryParse(text);

    /// <summary>Parses the object or array that a JSON string holds.</summary>
    public static bool TryParse(JsonNode text, JsonTape tape)
    {
        if (!text.IsText) return false;
        var raw = text.RawText;
        // An escape may stand for white space; only then must it be looked behind.
        if (!LooksStructured(raw) && !(raw.TrimStart((byte)' ') is [(byte)'\\', ..] && LooksStructured(text.Utf8))) return false;
        return text.IsEscaped ? tape.TryParseText(text) : tape.TryParse(raw);
    }

    /// <summary>Parses the part before the cut of a text that a sender's length limit ended too early: open strings, lists and objects are closed.</summary>
    public static bool TryRecover(ReadOnlySpan<byte> text, JsonTape tape)
    {
        if (!LooksStructured(text)) return false;
        var closed = CutJson.Close(text);
        return closed is not null && tape.TryParse(closed);
    }

    /// <summary>Whether a text begins like an object or an array.</summary>
    public static bool LooksStructured(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
}
