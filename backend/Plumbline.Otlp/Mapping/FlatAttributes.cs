using System.Globalization;
using System.Text;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>Puts attributes that were flattened into names (<c>llm.input_messages.0.message.role</c>) together again.</summary>
internal static class FlatAttributes
{
    private const int MostLevels = 16;
    private const int MostDepth = 1000;

    /// <summary>Reads the structure below a prefix that ends in a dot; false when nothing has a value there.</summary>
    public static bool TryRead(in SpanSource source, SpanDraft draft, ReadOnlySpan<byte> prefix, JsonTape tape)
    {
        var root = new Branch();
        for (var i = 0; i < source.Count; i++)
        {
            var key = source.Key(i);
            if (key.StartsWith(prefix) && source.Value(i).Kind != AnyKind.None) Grow(root, key[prefix.Length..], i);
        }
        if (root.Children is null) return false;
        var json = draft.BeginJson();
        Write(json, root, source, draft);
        return tape.TryParse(json.Written, MostDepth);
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

    private static void Write(JsonOutput json, Branch branch, in SpanSource source, SpanDraft draft)
    {
        if (branch.Children is not { } children)
        {
            draft.Any.WriteClean(json, source.Value(branch.Attribute));
            return;
        }
        if (children.Keys.All(k => uint.TryParse(k, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            json.BeginArray();
            foreach (var child in children.OrderBy(c => uint.Parse(c.Key, CultureInfo.InvariantCulture))) Write(json, child.Value, source, draft);
            json.EndArray();
            return;
        }
        json.BeginObject();
        foreach (var (name, child) in children)
        {
            json.Name(Encoding.UTF8.GetBytes(name));
            Write(json, child, source, draft);
        }
        json.EndObject();
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
