using Plumbline.Otlp.Mapping.Json;
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
        using var tape = Tapes.Rent();
        if (FlatAttributes.TryRead(source, this, prefix, tape)) Messages(field, tape.Root);
    }

    /// <summary>A list of objects flattened into attribute names below a prefix, each unwrapped from a member of the given name.</summary>
    public void FlatList(SpanText field, in SpanSource source, ReadOnlySpan<byte> prefix, string wrapper)
    {
        if (Writer.Has(field) || !source.HasIndexed(prefix)) return;
        using var tape = Tapes.Rent();
        if (!FlatAttributes.TryRead(source, this, prefix, tape) || !tape.Root.IsArray) return;
        var list = BeginJson();
        list.BeginArray();
        foreach (var item in tape.Root.Items) Parsed(list, item.Has(wrapper, out var inner) ? inner : item);
        list.EndArray();
        EndJson(field);
    }

    /// <summary>Reads an attribute that is a JSON object in a string, or a map.</summary>
    public bool TryObject(in SpanSource source, AttributeKey key, JsonTape tape) =>
        source.TryGet(key, out var value) && EmbeddedJson.TryParse(value.Kind == AnyKind.String ? value.Bytes : Render(value), tape) && tape.Root.IsObject;

    /// <summary>A count that is a member of a JSON object.</summary>
    public void Count(SpanNumber field, JsonNode from, params ReadOnlySpan<string> names)
    {
        if (from.First(out var value, names) && value.TryGetInt64(out var count)) Count(field, count, names[0]);
    }

    public void Text(SpanText field, JsonNode from, params ReadOnlySpan<string> names)
    {
        if (Writer.Has(field) || !from.First(out var value, names)) return;
        var content = value.IsText ? value.Utf8 : value.RawText;
        if (content.Length > 0) Writer.Set(field, content);
    }

    private void Parsed(JsonOutput list, JsonNode item)
    {
        var value = item.Has("json_schema", out var schema) ? schema : item;
        using var tape = Tapes.Rent();
        list.Value(EmbeddedJson.TryParse(value, tape) ? tape.Root : value);
    }
}
