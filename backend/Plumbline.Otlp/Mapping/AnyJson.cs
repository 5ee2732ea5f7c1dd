using System.Text;
using System.Text.Unicode;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>Writes attribute values as JSON with their types kept: bytes as base64, numbers JSON does not have as text.</summary>
internal sealed class AnyJson(OtlpLimits limits)
{
    private readonly byte[] note = Wire.Json.NestingNote.Text(limits);

    /// <summary>Applied to the texts that are written.</summary>
    public IRedactor? Redactor { get; set; }

    public void Write(JsonOutput json, in AnyValue value, int depth = 0)
    {
        switch (value.Kind)
        {
            case AnyKind.String: Text(json, value.Bytes); break;
            case AnyKind.Bool: json.Bool(value.Bool); break;
            case AnyKind.Int: json.Number(value.Int); break;
            case AnyKind.Double when double.IsFinite(value.Double): json.Number(value.Double); break;
            case AnyKind.Double: json.Text(NameOf(value.Double)); break;
            case AnyKind.Bytes: json.Base64(value.Bytes); break;
            case AnyKind.Array or AnyKind.Map when depth >= limits.MaxNesting: json.Text(note); break;
            case AnyKind.Array: Array(json, value, depth); break;
            case AnyKind.Map: Map(json, KeyValues.OfMap(value.Bytes), depth); break;
            default: json.Null(); break;
        }
    }

    public void Map(JsonOutput json, KeyValues pairs, int depth = 0)
    {
        json.BeginObject();
        foreach (var pair in pairs)
        {
            Name(json, pair.Key);
            Write(json, pair.Value, depth + 1);
        }
        json.EndObject();
    }

    public static void Name(JsonOutput json, ReadOnlySpan<byte> utf8) => json.Name(Valid(utf8));

    public void Text(JsonOutput json, ReadOnlySpan<byte> utf8) => json.Text(Clean(utf8));

    /// <summary>The text of a value that is stored as a JSON string: cleaned, bytes in base64, and the numbers that JSON does not have.</summary>
    public bool TryText(in AnyValue value, out ReadOnlySpan<byte> text)
    {
        text = value.Kind switch
        {
            AnyKind.String => Clean(value.Bytes),
            AnyKind.Bytes => Encoding.ASCII.GetBytes(Convert.ToBase64String(value.Bytes)),
            AnyKind.Double when !double.IsFinite(value.Double) => NameOf(value.Double),
            _ => default,
        };
        return value.Kind is AnyKind.String or AnyKind.Bytes || (value.Kind == AnyKind.Double && !double.IsFinite(value.Double));
    }

    /// <summary>Writes a value of which the text has been cleaned already.</summary>
    public void WriteClean(JsonOutput json, in AnyValue value)
    {
        if (value.Kind == AnyKind.String) json.Text(value.Bytes);
        else Write(json, value);
    }

    /// <summary>The text in valid UTF-8 and without what must not be stored.</summary>
    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> text)
    {
        text = Valid(text);
        return Redactor is not null && Redactor.TryRedact(text, out var redacted) ? redacted : text;
    }

    /// <summary>The text itself, or with U+FFFD where it is no UTF-8.</summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));

    private static ReadOnlySpan<byte> NameOf(double number) => double.IsNaN(number) ? "NaN"u8 : number > 0 ? "Infinity"u8 : "-Infinity"u8;

    private void Array(JsonOutput json, in AnyValue value, int depth)
    {
        json.BeginArray();
        foreach (var item in new AnyArray(value.Bytes)) Write(json, item, depth + 1);
        json.EndArray();
    }
}
