using System.Buffers.Text;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>What a dialect reads from: the span and its attributes, found by name.</summary>
internal readonly ref struct SpanSource
{
    private readonly ReadOnlySpan<byte> _body;

    public SpanSource(ReadOnlySpan<byte> body, AttributeTable table, ReadOnlySpan<byte> scopeName, WireSpan span)
    {
        _body = body;
        Table = table;
        ScopeName = scopeName;
        Span = span;
    }

    public AttributeTable Table { get; }

    public ReadOnlySpan<byte> ScopeName { get; }

    /// <summary>The span as it came; empty when a log record is read.</summary>
    public WireSpan Span { get; }

    /// <summary>The resource's <c>telemetry.sdk.name</c>.</summary>
    public ReadOnlySpan<byte> SdkName { get; init; }

    /// <summary>The events that are kept; what else was sent has no say either.</summary>
    public WireMessages Events => Span.FirstEvents(MaxEvents);

    public required int MaxEvents { get; init; }

    public int Count => Table.Count;

    public ReadOnlySpan<byte> Key(int index) => Table.Key(_body, index);

    public AnyValue Value(int index) => Table.Value(_body, index);

    public bool Has(AttributeKey key) => Table.Find(_body, key.Utf8, key.Hash) >= 0;

    public bool TryGet(AttributeKey key, out AnyValue value)
    {
        var index = Table.Find(_body, key.Utf8, key.Hash);
        value = index < 0 ? default : Table.Value(_body, index);
        return index >= 0 && value.Kind != AnyKind.None;
    }

    /// <summary>The value of the first of several names that the span has and that is not empty.</summary>
    public bool TryFirst(ReadOnlySpan<AttributeKey> keys, out AnyValue value)
    {
        foreach (var key in keys)
        {
            if (TryGet(key, out value) && !(value.Kind == AnyKind.String && value.Bytes.IsEmpty)) return true;
        }
        value = default;
        return false;
    }

    public bool Text(AttributeKey key, out ReadOnlySpan<byte> text)
    {
        var found = TryGet(key, out var value) && value.Kind == AnyKind.String;
        text = found ? value.Bytes : default;
        return found && text.Length > 0;
    }

    /// <summary>Whether an attribute's name is of one of these families.</summary>
    public bool Has(KeyFamilies families) => (Table.Families & families) != KeyFamilies.None;

    /// <summary>Whether there is an attribute <c>prefix N .</c>, with N a number.</summary>
    public bool HasIndexed(ReadOnlySpan<byte> prefix)
    {
        for (var i = 0; i < Count; i++)
        {
            var key = Key(i);
            if (key.StartsWith(prefix) && Utf8Parser.TryParse(key[prefix.Length..], out int _, out var used)
                && key.Length > prefix.Length + used && key[prefix.Length + used] == '.')
                return true;
        }
        return false;
    }
}
