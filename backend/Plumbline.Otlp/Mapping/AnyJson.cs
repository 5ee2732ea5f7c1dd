using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>Writes attribute values as JSON with their types kept: bytes as base64, numbers JSON does not have as text.</summary>
internal sealed class AnyJson(OtlpLimits limits, IRedactor? redactor)
{
    private readonly byte[] note = Wire.Json.NestingNote.Text(limits);

    public void Write(Utf8JsonWriter json, in AnyValue value, int depth = 0)
    {
        switch (value.Kind)
        {
            case AnyKind.String: Text(json, value.Bytes); break;
            case AnyKind.Bool: json.WriteBooleanValue(value.Bool); break;
            case AnyKind.Int: json.WriteNumberValue(value.Int); break;
            case AnyKind.Double when double.IsFinite(value.Double): json.WriteNumberValue(value.Double); break;
            case AnyKind.Double: json.WriteStringValue(double.IsNaN(value.Double) ? "NaN" : value.Double > 0 ? "Infinity" : "-Infinity"); break;
            case AnyKind.Bytes: json.WriteBase64StringValue(value.Bytes); break;
            case AnyKind.Array or AnyKind.Map when depth >= limits.MaxNesting: json.WriteStringValue(note); break;
            case AnyKind.Array: Array(json, value, depth); break;
            case AnyKind.Map: Map(json, KeyValues.OfMap(value.Bytes), depth); break;
            default: json.WriteNullValue(); break;
        }
    }

    public void Map(Utf8JsonWriter json, KeyValues pairs, int depth = 0)
    {
        json.WriteStartObject();
        foreach (var pair in pairs)
        {
            Name(json, pair.Key);
            Write(json, pair.Value, depth + 1);
        }
        json.WriteEndObject();
    }

    public static void Name(Utf8JsonWriter json, ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8)) json.WritePropertyName(utf8);
        else json.WritePropertyName(Encoding.UTF8.GetString(utf8));
    }

    public void Text(Utf8JsonWriter json, ReadOnlySpan<byte> utf8)
    {
        if (redactor is not null && redactor.TryRedact(utf8, out var redacted)) json.WriteStringValue(redacted);
        else if (Utf8.IsValid(utf8)) json.WriteStringValue(utf8);
        else json.WriteStringValue(Encoding.UTF8.GetString(utf8));
    }

    private void Array(Utf8JsonWriter json, in AnyValue value, int depth)
    {
        json.WriteStartArray();
        foreach (var item in new AnyArray(value.Bytes)) Write(json, item, depth + 1);
        json.WriteEndArray();
    }
}
