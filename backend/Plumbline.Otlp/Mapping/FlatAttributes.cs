using System.Buffers;
using System.Text;
using System.Text.Json;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>Puts attributes that were flattened into names (<c>llm.input_messages.0.message.role</c>) together again.</summary>
internal static class FlatAttributes
{
    private const int MostLevels = 16;

    /// <summary>The structure below a prefix that ends in a dot; null when nothing has a value there.</summary>
    public static JsonDocument? Read(in SpanSource source, SpanDraft draft, ReadOnlySpan<byte> prefix)
    {
        var root = new Branch();
        for (var i = 0; i < source.Count; i++)
        {
            var key = source.Key(i);
            if (key.StartsWith(prefix) && source.Value(i).Kind != AnyKind.None) Grow(root, key[prefix.Length..], i);
        }
        if (root.Children is null) return null;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true })) Write(json, root, source, draft);
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = 1000 });
        return JsonDocument.ParseValue(ref reader);
    }

    private static void Grow(Branch branch, ReadOnlySpan<byte> path, int attribute)
    {
        for (var level = 0; level < MostLevels && path.Length > 0; level++)
        {
            var dot = level == MostLevels - 1 ? -1 : path.IndexOf((byte)'.');
            branch = branch.Child(Encoding.UTF8.GetString(dot < 0 ? path : path[..dot]));
            path = dot < 0 ? default : path[(dot + 1)..];
        }
        branch.Attribute = attribute;
    }

    private static void Write(Utf8JsonWriter json, Branch branch, in SpanSource source, SpanDraft draft)
    {
        if (branch.Children is not { } children)
        {
            draft.Any.Write(json, source.Value(branch.Attribute));
            return;
        }
        if (children.Keys.All(k => uint.TryParse(k, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _)))
        {
            json.WriteStartArray();
            foreach (var child in children.OrderBy(c => uint.Parse(c.Key, System.Globalization.CultureInfo.InvariantCulture))) Write(json, child.Value, source, draft);
            json.WriteEndArray();
            return;
        }
        json.WriteStartObject();
        foreach (var (name, child) in children)
        {
            json.WritePropertyName(name);
            Write(json, child, source, draft);
        }
        json.WriteEndObject();
    }

    private sealed class Branch
    {
        public Dictionary<string, Branch>? Children { get; private set; }

        public int Attribute { get; set; }

        public Branch Child(string name)
        {
            Children ??= new(StringComparer.Ordinal);
            if (!Children.TryGetValue(name, out var child)) Children[name] = child = new();
            return child;
        }
    }
}
