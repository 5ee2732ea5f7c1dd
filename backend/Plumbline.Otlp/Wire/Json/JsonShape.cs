using System.Text;

namespace Plumbline.Otlp.Wire.Json;

/// <summary>How a JSON value becomes a protobuf field.</summary>
internal enum JsonFieldType { Text, Id, Number, Fixed64, Fixed32, Bool, Double, Base64, Value, Message }

/// <summary>One field of a message: its JSON name, its protobuf number, and how to read it.</summary>
internal sealed record JsonField(string Name, int Number, JsonFieldType Type, JsonShape? Shape = null, params string[] EnumNames)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);
}

/// <summary>The fields of one OTLP message. Names match in lowerCamelCase, as OTLP says, and in snake_case, as some senders do.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding</remarks>
internal sealed class JsonShape(params JsonField[] fields)
{
    public JsonField? Find(ReadOnlySpan<byte> name)
    {
        foreach (var field in fields)
        {
            if (Same(field.Utf8, name)) return field;
        }
        return null;
    }

    private static bool Same(ReadOnlySpan<byte> camel, ReadOnlySpan<byte> name)
    {
        var at = 0;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c == '_' && i > 0 && i + 1 < name.Length)
            {
                c = name[++i];
                if (c is < (byte)'a' or > (byte)'z') return false;
                c -= 32;
            }
            if (at == camel.Length || camel[at++] != c) return false;
        }
        return at == camel.Length;
    }
}
