using System.Text;
using System.Text.Json;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

/// <summary>Reads the JSON that spans carry into the API's types.</summary>
internal static class JsonList
{
    /// <summary>The objects of an array; null when there is none.</summary>
    public static T[]? Of<T>(string? json, Func<JsonElement, T> read)
    {
        if (json is null) return null;
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        if (document.RootElement.ValueKind != JsonValueKind.Array) return null;
        return [.. document.RootElement.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(read)];
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

    public static RawJson? Raw(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new RawJson(Encoding.UTF8.GetBytes(value.GetRawText())) : null;
}
