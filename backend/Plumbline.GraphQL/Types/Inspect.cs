using System.Text.Json;

namespace Plumbline.GraphQL.Types;

/// <summary>Short pictures of JSON values for messages, in the wording tools know.</summary>
internal static class Inspect
{
    private const int MaxItems = 10;
    private const int MaxDepth = 2;

    public static string Json(JsonElement value) => Json(value, 0);

    private static string Json(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object when depth > MaxDepth => "[Object]",
        JsonValueKind.Array when depth > MaxDepth => "[Array]",
        JsonValueKind.Object => Object(value, depth),
        JsonValueKind.Array => Array(value, depth),
        JsonValueKind.String => $"\"{value.GetString()!.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"",
        _ => value.GetRawText(),
    };

    private static string Object(JsonElement value, int depth)
    {
        var parts = value.EnumerateObject().Select(p => $"{p.Name}: {Json(p.Value, depth + 1)}").ToArray();
        return parts.Length == 0 ? "{}" : $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Array(JsonElement value, int depth)
    {
        var length = value.GetArrayLength();
        var parts = value.EnumerateArray().Take(MaxItems).Select(item => Json(item, depth + 1)).ToList();
        if (length > MaxItems) parts.Add(length == MaxItems + 1 ? "... 1 more item" : $"... {length - MaxItems} more items");
        return $"[{string.Join(", ", parts)}]";
    }
}
