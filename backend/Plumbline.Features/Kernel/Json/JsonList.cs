using System.Text;
using System.Text.Json;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Json;

/// <summary>Reads the JSON that spans carry into the API's types.</summary>
internal static class JsonList
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    /// <summary>The objects of an array; null when there is no array, or what there is cannot be read.</summary>
    public static T[]? Of<T>(string? json, Func<JsonElement, T> read)
    {
        if (json is null) return null;
        try
        {
            using var document = JsonDocument.Parse(json, Deep);
            if (document.RootElement.ValueKind != JsonValueKind.Array) return null;
            return [.. document.RootElement.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(read)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member as text: a string as it is, another value as its JSON; null when absent or null.</summary>
    public static string? Text(JsonElement e, string name)
    {
        if (!e.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
    }

    /// <summary>A member as it stands there; null when absent or null.</summary>
    public static RawJson? Raw(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Whole(value) : null;

    /// <summary>A value as it stands there.</summary>
    public static RawJson Whole(JsonElement value) => new(Encoding.UTF8.GetBytes(value.GetRawText()));
}
