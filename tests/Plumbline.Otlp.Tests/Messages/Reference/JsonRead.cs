using System.Text.Json;

namespace Plumbline.Otlp.Tests.Messages.Reference;

/// <summary>Short ways to look into JSON of unknown shape.</summary>
internal static class JsonRead
{
    /// <summary>The member of that name unless it is absent or null.</summary>
    public static bool Has(this JsonElement e, string name, out JsonElement value)
    {
        value = default;
        return e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The first present member out of several names.</summary>
    public static bool First(this JsonElement e, out JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (e.Has(name, out value)) return true;
        }
        value = default;
        return false;
    }

    public static string? Text(this JsonElement e, params ReadOnlySpan<string> names) =>
        e.First(out var value, names) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static bool IsArray(this JsonElement e) => e.ValueKind == JsonValueKind.Array;

    public static bool IsObject(this JsonElement e) => e.ValueKind == JsonValueKind.Object;

    public static bool IsText(this JsonElement e) => e.ValueKind == JsonValueKind.String;
}
