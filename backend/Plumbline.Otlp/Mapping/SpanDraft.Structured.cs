using System.Text;
using System.Text.Json;
using Plumbline.Otlp.Mapping.Messages;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

internal sealed partial class SpanDraft
{
    /// <summary>Messages flattened into attribute names below a prefix.</summary>
    public void FlatMessages(SpanText field, in SpanSource source, ReadOnlySpan<byte> prefix)
    {
        if (Writer.Has(field) || !source.HasIndexed(prefix)) return;
        using var tree = FlatAttributes.Read(source, this, prefix);
        if (tree is not null) Messages(field, tree.RootElement);
    }

    /// <summary>A list of objects flattened into attribute names below a prefix, each unwrapped from a member of the given name.</summary>
    public void FlatList(SpanText field, in SpanSource source, ReadOnlySpan<byte> prefix, string wrapper)
    {
        if (Writer.Has(field) || !source.HasIndexed(prefix)) return;
        using var tree = FlatAttributes.Read(source, this, prefix);
        if (tree is null || !tree.RootElement.IsArray()) return;
        var list = BeginJson(field);
        list.WriteStartArray();
        foreach (var item in tree.RootElement.EnumerateArray()) Parsed(list, item.Has(wrapper, out var inner) ? inner : item);
        list.WriteEndArray();
        EndJson();
    }

    /// <summary>An attribute that is a JSON object in a string, or a map.</summary>
    public JsonDocument? Object(in SpanSource source, AttributeKey key)
    {
        if (!source.TryGet(key, out var value)) return null;
        if (!EmbeddedJson.TryParse(value.Kind == AnyKind.String ? value.Bytes : Render(value), out var document)) return null;
        if (document.RootElement.IsObject()) return document;
        document.Dispose();
        return null;
    }

    /// <summary>A count that is a member of a JSON object.</summary>
    public void Count(SpanNumber field, JsonElement from, params ReadOnlySpan<string> names)
    {
        if (from.First(out var value, names) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count)) Count(field, count, names[0]);
    }

    public void Text(SpanText field, JsonElement from, params ReadOnlySpan<string> names)
    {
        if (Writer.Has(field) || !from.First(out var value, names)) return;
        var content = value.IsText() ? value.GetString()! : value.GetRawText();
        if (content.Length > 0) Writer.Set(field, content);
    }

    public void Add(SpanList field, string? item)
    {
        if (!string.IsNullOrEmpty(item)) Writer.Add(field, Encoding.UTF8.GetBytes(item));
    }

    private static void Parsed(Utf8JsonWriter list, JsonElement item)
    {
        var value = item.Has("json_schema", out var schema) ? schema : item;
        if (value.IsText() && EmbeddedJson.TryParse(value.GetString()!, out var document))
        {
            using (document) document.RootElement.WriteTo(list);
        }
        else value.WriteTo(list);
    }
}
