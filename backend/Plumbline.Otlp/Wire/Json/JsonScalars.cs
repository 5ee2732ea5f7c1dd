using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumbline.Otlp.Wire.Json;

/// <summary>Reads OTLP/JSON scalars in all forms senders use: 64-bit integers as numbers or strings, enums as numbers or names, ids as hex or base64.</summary>
internal static class JsonScalars
{
    public static void Write(ref Utf8JsonReader reader, JsonField field, WireWriter writer)
    {
        switch (field.Type)
        {
            case JsonFieldType.Text: Text(ref reader, field, writer); break;
            case JsonFieldType.Id: Id(ref reader, field, writer); break;
            case JsonFieldType.Base64: Base64Bytes(ref reader, field, writer); break;
            case JsonFieldType.Bool: writer.Number(field.Number, Flag(ref reader, field) ? 1u : 0u); break;
            case JsonFieldType.Double: writer.Fixed64(field.Number, BitConverter.DoubleToUInt64Bits(Real(ref reader, field))); break;
            case JsonFieldType.Fixed64: writer.Fixed64(field.Number, Unsigned(ref reader, field)); break;
            case JsonFieldType.Fixed32: writer.Fixed32(field.Number, (uint)Unsigned(ref reader, field)); break;
            default: Integer(ref reader, field, writer); break;
        }
    }

    private static void Text(ref Utf8JsonReader reader, JsonField field, WireWriter writer)
    {
        if (reader.TokenType != JsonTokenType.String) throw Wrong(field, "a string");
        if (!reader.ValueIsEscaped)
        {
            writer.Bytes(field.Number, reader.ValueSpan);
            return;
        }
        var start = writer.Begin(field.Number);
        writer.Advance(JsonUnescape.Copy(reader.ValueSpan, writer.Room(reader.ValueSpan.Length)));
        writer.End(start);
    }

    private static void Id(ref Utf8JsonReader reader, JsonField field, WireWriter writer)
    {
        if (reader.TokenType != JsonTokenType.String) throw Wrong(field, "a string");
        var text = reader.ValueSpan;
        Span<byte> bytes = stackalloc byte[16];
        // Hexadecimal is 16 or 32 digits long; 12 or 24 characters are the base64 that generic protobuf libraries write.
        if (text.Length is 16 or 32 && Convert.FromHexString(text, bytes, out _, out var count) == OperationStatus.Done)
            writer.Bytes(field.Number, bytes[..count]);
        else if (text.Length is 12 or 24 && Base64.DecodeFromUtf8(text, bytes, out _, out count) == OperationStatus.Done)
            writer.Bytes(field.Number, bytes[..count]);
        else if (text.Length > 0) throw new BadFieldException($"'{field.Name}' is not {(field.Name == "traceId" ? 32 : 16)} hexadecimal digits.");
    }

    private static void Base64Bytes(ref Utf8JsonReader reader, JsonField field, WireWriter writer)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes)) throw Wrong(field, "base64");
        writer.Bytes(field.Number, bytes);
    }

    private static bool Flag(ref Utf8JsonReader reader, JsonField field) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Wrong(field, "true or false"),
    };

    private static double Real(ref Utf8JsonReader reader, JsonField field)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value)) return value;
        if (reader.TokenType != JsonTokenType.String) throw Wrong(field, "a number");
        return Encoding.UTF8.GetString(reader.ValueSpan) switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) => value,
            _ => throw Wrong(field, "a number"),
        };
    }

    private static ulong Unsigned(ref Utf8JsonReader reader, JsonField field)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String)) throw Wrong(field, "a whole number");
        if (Utf8Parser.TryParse(reader.ValueSpan, out ulong value, out var used) && used == reader.ValueSpan.Length) return value;
        if (Utf8Parser.TryParse(reader.ValueSpan, out double real, out used, 'e') && used == reader.ValueSpan.Length && real is >= 0 and < 1.8e19)
            return (ulong)real;
        throw Wrong(field, "a whole number from 0 on");
    }

    private static void Integer(ref Utf8JsonReader reader, JsonField field, WireWriter writer)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String)) throw Wrong(field, "a whole number");
        var text = reader.ValueSpan;
        if (Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length) writer.Number(field.Number, (ulong)value);
        else if (EnumValue(field, text) is >= 0 and var index) writer.Number(field.Number, (ulong)index);
        // JavaScript knows no integers: a large double arrives under the integer's name.
        else if (field.Name == "intValue" && Utf8Parser.TryParse(text, out double real, out used, 'e') && used == text.Length)
            writer.Fixed64(4, BitConverter.DoubleToUInt64Bits(real));
        else throw Wrong(field, "a whole number");
    }

    private static int EnumValue(JsonField field, ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < field.EnumNames.Length; i++)
        {
            if (Ascii.Equals(text, field.EnumNames[i])) return i;
        }
        return -1;
    }

    private static BadFieldException Wrong(JsonField field, string wanted) => new($"'{field.Name}' must be {wanted}.");
}
