using System.Globalization;
using System.Text.Json;

namespace Plumbline.Testing;

/// <summary>Reads JSON by a path: <c>project.traces.nodes[0].id</c>. A path that leads nowhere says how far it came and what was there.</summary>
public static class JsonPath
{
    /// <summary>What is at the path.</summary>
    public static JsonElement At(this JsonElement from, string path)
    {
        var at = from;
        var came = 0;
        foreach (var step in path.AsSpan().SplitAny('.', '['))
        {
            var name = path.AsSpan()[step];
            if (name.IsEmpty) continue; // a path may begin with an index
            at = (name is [.. var index, ']'] ? Entry(at, index) : Member(at, name)) ?? throw Nowhere(path, path[..came], at);
            came = step.End.Value;
        }
        return at;
    }

    /// <summary>The text at the path; null and what is no text are errors.</summary>
    public static string Text(this JsonElement from, string path)
    {
        var at = from.At(path);
        return at.ValueKind == JsonValueKind.String ? at.GetString()! : throw new InvalidOperationException($"'{path}' is no text but {Shortly(at)}");
    }

    /// <summary>How many entries of a list have this text in a member.</summary>
    public static int Count(this JsonElement list, string member, string value) =>
        list.EnumerateArray().Count(e => e.GetProperty(member).GetString() == value);

    private static JsonElement? Member(JsonElement of, ReadOnlySpan<char> name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement? Entry(JsonElement of, ReadOnlySpan<char> index) =>
        of.ValueKind == JsonValueKind.Array && int.Parse(index, CultureInfo.InvariantCulture) is var i && i < of.GetArrayLength() ? of[i] : null;

    private static InvalidOperationException Nowhere(string path, string came, JsonElement there) =>
        new($"There is no '{path}': at '{came}' is {Shortly(there)}");

    private static string Shortly(JsonElement there)
    {
        var text = there.GetRawText();
        return text.Length > 500 ? text[..500] + "…" : text;
    }
}
