using System.Text.Json;

namespace Plumbline.Otlp.Wire.Json;

/// <summary>Turns an OTLP/JSON request into the same request in protobuf's wire format, so that everything after it has one form to read.</summary>
internal sealed class JsonTranscoder(OtlpLimits limits, WireWriter writer)
{
    /// <summary>Reads a whole request of the given shape.</summary>
    /// <exception cref="OtlpFormatException">The body is no JSON, or no object.</exception>
    public void Write(ReadOnlySpan<byte> json, JsonShape shape)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxJsonDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new OtlpFormatException("The body is not an OTLP/JSON object.");
            Members(ref reader, shape, 0);
            if (reader.Read()) throw new OtlpFormatException("The body holds more than one JSON value.");
        }
        catch (JsonException e)
        {
            throw new OtlpFormatException($"The body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", e);
        }
        catch (BadFieldException e)
        {
            throw new OtlpFormatException(e.Message, e);
        }
    }

    private void Members(ref Utf8JsonReader reader, JsonShape shape, int depth)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = shape.Find(reader.ValueIsEscaped ? default : reader.ValueSpan);
            reader.Read();
            if (field is null || reader.TokenType == JsonTokenType.Null) reader.Skip();
            else if (reader.TokenType != JsonTokenType.StartArray) One(ref reader, field, depth);
            else while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) One(ref reader, field, depth);
        }
    }

    private void One(ref Utf8JsonReader reader, JsonField field, int depth)
    {
        if (field.Type is JsonFieldType.Message or JsonFieldType.Value) Nested(ref reader, field, depth);
        else if (reader.TokenType != JsonTokenType.Null) JsonScalars.Write(ref reader, field, writer);
    }

    private void Nested(ref Utf8JsonReader reader, JsonField field, int depth)
    {
        var start = writer.Begin(field.Number);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            if (field.Type == JsonFieldType.Value) AnyValue(ref reader, depth + 1);
            else if (field.Shape == JsonShapes.Span || field.Shape == JsonShapes.LogRecord) Tolerant(ref reader, field.Shape, start);
            else Members(ref reader, field.Shape!, depth);
        }
        else if (reader.TokenType != JsonTokenType.Null) throw new BadFieldException($"'{field.Name}' must be an object.");
        writer.End(start);
    }

    private void AnyValue(ref Utf8JsonReader reader, int depth)
    {
        if (depth > limits.MaxNesting)
        {
            reader.Skip();
            writer.Bytes(Fields.AnyValue.StringValue, NestingNote.Text(limits));
        }
        else Members(ref reader, JsonShapes.AnyValue, depth);
    }

    /// <summary>A span or record with a value of the wrong type is passed on as nothing but the reason, to be rejected alone.</summary>
    private void Tolerant(ref Utf8JsonReader reader, JsonShape shape, int start)
    {
        var whole = reader;
        try
        {
            Members(ref reader, shape, 0);
        }
        catch (BadFieldException e)
        {
            writer.Rewind(start);
            writer.Bytes(Fields.Own.Problem, System.Text.Encoding.UTF8.GetBytes(e.Message));
            reader = whole;
            reader.Skip();
        }
    }
}

/// <summary>A JSON value of the wrong type.</summary>
internal sealed class BadFieldException(string message) : Exception(message);

/// <summary>What stands where a value was nested too deeply.</summary>
internal static class NestingNote
{
    public static byte[] Text(OtlpLimits limits) => System.Text.Encoding.UTF8.GetBytes($"[nested deeper than {limits.MaxNesting} levels]");
}
