using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.Features.Kernel.Json;

/// <summary>JSON in one form only, so that equal values have equal bytes: keys in ordinal order, no white space, strings escaped alike. Numbers
/// stay as they were written, which is where it parts from <see cref="Rfc8785Json"/>. Hashes made of either are on disk.</summary>
internal static class SortedJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static string Of(JsonElement value)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Compact)) Write(writer, value);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object) WriteObject(writer, value);
        else if (value.ValueKind == JsonValueKind.Array) WriteArray(writer, value);
        else if (value.ValueKind == JsonValueKind.Number) writer.WriteRawValue(value.GetRawText());
        else value.WriteTo(writer);
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement value)
    {
        writer.WriteStartObject();
        // Of a key that is there twice the last one counts, as in JavaScript.
        foreach (var member in value.EnumerateObject().GroupBy(m => m.Name).Select(g => g.Last()).OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value);
        }
        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, JsonElement value)
    {
        writer.WriteStartArray();
        foreach (var element in value.EnumerateArray()) Write(writer, element);
        writer.WriteEndArray();
    }
}
