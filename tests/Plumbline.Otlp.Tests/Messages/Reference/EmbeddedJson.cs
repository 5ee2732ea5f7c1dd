using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Plumbline.Otlp.Tests.Messages.Reference;

/// <summary>JSON that arrives inside a string, read with the documents of System.Text.Json.</summary>
internal static class EmbeddedJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>Parses an object or array; anything else is taken for text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        if (!LooksStructured(text)) return false;
        if (text.IndexOf("\\ud"u8) >= 0 || text.IndexOf("\\uD"u8) >= 0) text = LoneSurrogates.Replace(text);
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            document = JsonDocument.ParseValue(ref reader);
            if (!text[(int)reader.BytesConsumed..].ContainsAnyExcept(" \t\r\n"u8)) return true;
            document.Dispose();
            document = null;
        }
        catch (JsonException)
        {
            // Not JSON after all, or cut: the caller keeps the text, or asks for what can be recovered.
        }
        return false;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        return text.Length > 0 && text.AsSpan().TrimStart() is ['{' or '[', ..] && TryParse(Encoding.UTF8.GetBytes(text), out document);
    }

    /// <summary>Whether a text begins like an object or an array.</summary>
    public static bool LooksStructured(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
}
