using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>Any JSON value. Literals are read as JSON, enum names as strings; also the codec of scalars nobody described.</summary>
internal sealed class JsonCodec : ScalarCodec
{
    public override object ReadLiteral(ValueNode literal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteLiteral(literal, writer);
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void WriteLiteral(ValueNode literal, Utf8JsonWriter writer)
    {
        switch (literal)
        {
            case NullValueNode: writer.WriteNullValue(); break;
            case BooleanValueNode node: writer.WriteBooleanValue(node.Value); break;
            case StringValueNode node: writer.WriteStringValue(node.Value); break;
            case EnumValueNode node: writer.WriteStringValue(node.Value); break;
            case IntValueNode node: writer.WriteRawValue(node.Text); break;
            case FloatValueNode node: writer.WriteNumberValue(double.Parse(node.Text, CultureInfo.InvariantCulture)); break;
            case ListValueNode node:
                writer.WriteStartArray();
                foreach (var item in node.Values) WriteLiteral(item, writer);
                writer.WriteEndArray();
                break;
            case ObjectValueNode node:
                writer.WriteStartObject();
                foreach (var field in node.Fields)
                {
                    writer.WritePropertyName(field.Name.Value);
                    WriteLiteral(field.Value, writer);
                }
                writer.WriteEndObject();
                break;
            default: writer.WriteNullValue(); break; // a variable: its value takes its place before execution
        }
    }

    public override object ReadVariable(JsonElement value) => value.Clone();

    public override bool Writes(Type clr) => clr == typeof(JsonElement) || clr == typeof(RawJson) || clr == typeof(string) || clr == typeof(JsonDocument);

    public override void Write(object value, ResultWriter writer)
    {
        switch (value)
        {
            case RawJson raw: writer.WriteRawJson(raw.Utf8.Span); break;
            case JsonElement element: writer.WriteElement(element); break;
            case JsonDocument document: writer.WriteElement(document.RootElement); break;
            case string text: writer.WriteString(text); break;
            case bool flag: writer.WriteBoolean(flag); break;
            case int or long: writer.WriteInt64(System.Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number: writer.WriteDouble(number); break;
            default: throw new OutputCoercionException($"A {value.GetType().Name} cannot be written as JSON.");
        }
    }

    public override bool ReadsAs(Type clr) => clr == typeof(JsonElement) || clr == typeof(RawJson);

    public override object ConvertTo(object value, Type clr) =>
        clr == typeof(RawJson) ? new RawJson(JsonSerializer.SerializeToUtf8Bytes((JsonElement)value)) : value;
}
