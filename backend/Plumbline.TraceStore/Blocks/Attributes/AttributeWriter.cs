using System.Text.Json;

namespace Plumbline.TraceStore;

/// <summary>Makes the columns of the attributes of a block's spans. Attributes of the span stand before those of its resource, the first of a name before others.</summary>
/// <param name="mostValues">Distinct values of an attribute from which on they are hashed.</param>
internal sealed class AttributeWriter(int mostValues)
{
    private const int MostKnown = 2000;
    private const int MostResources = 256;
    private readonly Dictionary<byte[], AttributeValues> _known = new(Utf8Equality.Instance);
    private readonly Dictionary<byte[], List<(AttributeValues Key, byte[]? Value)>> _resources = new(Utf8Equality.Instance);
    private readonly List<int> _unread = [];
    private static readonly byte[] TooLong = new byte[AttributeIndex.LongestValue + 1];
    private readonly byte[] _unescaped = new byte[6 * AttributeIndex.LongestValue];
    private AttributeValues? _last;
    private List<(AttributeValues Key, byte[]? Value)>? _noted;
    private bool _isComplete = true;
    private int _row;

    /// <summary>Takes in the next span of the block.</summary>
    public void Add(SpanReader span)
    {
        var read = TryAdd(span.Text(SpanText.Attributes)) && TryAddResource(span.Text(SpanText.Resource));
        if (!read) _unread.Add(_row);
        _row++;
    }

    /// <summary>Writes the page of names, then one for each.</summary>
    /// <param name="page">Where a page is written.</param>
    /// <param name="add">Takes a page of a kind and number.</param>
    public void Write(ByteBuffer page, Action<PageKind, byte> add)
    {
        var kept = _known.Values.OrderByDescending(v => v.Spans).ThenBy(v => v.Key, Utf8Order.Instance).Take(AttributeIndex.MostKeys).ToArray();
        AttributeIndex.Write([.. kept.Select(v => v.Key)], _isComplete && kept.Length == _known.Count, _unread, page);
        add(PageKind.AttributeNames, 0);
        var codes = new int[_row];
        for (var number = 0; number < kept.Length; number++)
        {
            kept[number].Write(codes, page);
            add(PageKind.AttributeValues, (byte)number);
        }
    }

    private bool TryAddResource(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return true;
        var lookup = _resources.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(json, out var known))
        {
            foreach (var (key, value) in known) key.Add(_row, value ?? TooLong);
            return true;
        }
        _noted = [];
        var read = TryAdd(json);
        if (read && _resources.Count < MostResources) lookup[json] = _noted;
        _noted = null;
        return read;
    }

    private bool TryAdd(ReadOnlySpan<byte> json)
    {
        var members = new FlatObject(json);
        while (members.MoveNext())
        {
            // What is too long to be kept need not be unescaped.
            if (members.Value.Length > _unescaped.Length || !members.IsEscaped) Add(members.Key, members.Value);
            else if (!TryAddEscaped(members.Key, members.Quoted)) return false;
        }
        return !members.IsOther || TryAddAny(json);
    }

    private bool TryAddEscaped(ReadOnlySpan<byte> key, ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        try
        {
            reader.Read();
        }
        catch (JsonException)
        {
            return false; // an escape that there is not
        }
        return TryAddText(key, ref reader);
    }

    private bool TryAddText(ReadOnlySpan<byte> key, ref Utf8JsonReader reader)
    {
        try
        {
            Add(key, _unescaped.AsSpan(0, reader.CopyString(_unescaped)));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair
        }
    }

    // What is no flat object, from the beginning again: what was taken in before is the same.
    private bool TryAddAny(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                if (!TryAddAny(System.Text.Encoding.UTF8.GetBytes(key), json, ref reader)) return false;
            }
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool TryAddAny(ReadOnlySpan<byte> key, ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueIsEscaped && reader.ValueSpan.Length <= _unescaped.Length) return TryAddText(key, ref reader);
            Add(key, reader.ValueSpan);
            return true;
        }
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        Add(key, json[start..(int)reader.BytesConsumed]);
        return true;
    }

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (Find(key) is not { } values)
        {
            _isComplete = false;
            return;
        }
        _noted?.Add((values, value.Length > AttributeIndex.LongestValue ? null : value.ToArray()));
        values.Add(_row, value);
    }

    // Spans name their attributes in the same order again and again.
    private AttributeValues? Find(ReadOnlySpan<byte> key)
    {
        if (_last?.Next is { } next && next.Key.AsSpan().SequenceEqual(key)) return _last = next;
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(key, out var found))
        {
            if (_known.Count == MostKnown) return null;
            lookup[key] = found = new AttributeValues(key.ToArray(), mostValues);
        }
        if (_last is not null) _last.Next = found;
        return _last = found;
    }
}
