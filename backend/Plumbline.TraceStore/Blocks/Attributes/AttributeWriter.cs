using System.Text.Json;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Head;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Blocks.Attributes;

/// <summary>Makes the columns of the attributes of a block's spans. Attributes of the span stand before those of its resource, the first of a name before
/// others.</summary>
/// <param name="mostValues">Distinct values of an attribute from which on they are hashed.</param>
internal sealed class AttributeWriter(int mostValues)
{
    private const int MostKnown = 2000;
    private const int MostResources = 256;
    private const int LongestEscape = 6;
    private const int NotRead = -1;
    private readonly Dictionary<byte[], AttributeValues> _known = new(Utf8Equality.Instance);
    private readonly Dictionary<byte[], int> _resources = new(Utf8Equality.Instance);
    private readonly List<int> _resourceOf = [];
    private readonly List<int> _unread = [];
    private readonly byte[] _unescaped = new byte[LongestEscape * AttributeIndex.LongestValue];
    private AttributeValues? _last;
    private byte[] _lastResource = [];
    private int _lastNumber;
    private int _noted;
    private bool _isComplete = true;
    private int _row;

    /// <summary>Takes in the next span of the block.</summary>
    public void Add(SpanReader span)
    {
        var resource = 0;
        var read = TryAdd(span.Text(SpanText.Attributes)) && TryAddResource(span.Text(SpanText.Resource), out resource);
        if (!read) _unread.Add(_row);
        _resourceOf.Add(read ? resource : 0);
        _row++;
    }

    /// <summary>Writes the page of names, then one for each.</summary>
    /// <param name="page">Where a page is written.</param>
    /// <param name="add">Takes a page of a kind and number.</param>
    public void Write(ByteBuffer page, Action<PageKind, byte> add)
    {
        var resources = _resources.Count + 1;
        var (resourceOf, uses) = (_resourceOf.ToArray(), new int[resources]);
        foreach (var resource in resourceOf) uses[resource]++;
        uses[0] = 0;
        var kept = _known.Values.OrderByDescending(v => v.Spans(resourceOf, uses)).ThenBy(v => v.Key, Utf8Order.Instance)
            .Take(AttributeIndex.MostKeys).ToArray();
        AttributeIndex.Write([.. kept.Select(v => v.Key)], _isComplete && kept.Length == _known.Count, _unread, page);
        add(PageKind.AttributeNames, 0);
        var codes = new int[_row];
        for (var number = 0; number < kept.Length; number++)
        {
            kept[number].Write(codes, resourceOf, resources, page);
            add(PageKind.AttributeValues, (byte)number);
        }
    }

    // The attributes of a resource are noted once, however many spans have it.
    private bool TryAddResource(ReadOnlySpan<byte> json, out int number)
    {
        number = 0;
        if (json.IsEmpty) return true;
        if (!json.SequenceEqual(_lastResource))
        {
            var lookup = _resources.GetAlternateLookup<ReadOnlySpan<byte>>();
            if (!lookup.TryGetValue(json, out _lastResource!, out _lastNumber))
            {
                _lastResource = [];
                if (_resources.Count == MostResources) return TryAdd(json);
                _lastResource = json.ToArray();
                _resources[_lastResource] = _lastNumber = Note(json);
            }
        }
        number = _lastNumber;
        return number != NotRead;
    }

    private int Note(ReadOnlySpan<byte> json)
    {
        _noted = _resources.Count + 1;
        var read = TryAdd(json);
        var number = read ? _noted : NotRead;
        _noted = 0;
        return number;
    }

    private bool TryAdd(ReadOnlySpan<byte> json)
    {
        var members = new FlatObject(json);
        while (members.MoveToName(_last?.Next is { } next ? next.Name : default))
        {
            var values = members.IsExpected ? _last = _last!.Next : Find(members.Key);
            if (_noted == 0 && values is not null && values.Last.Length > 0 && members.TryPass(values.Last)) values.AddLast(_row);
            else if (!members.MoveToValue()) break;
            else if (members.IsEscaped && MayBeKept(members.Value.Length, members.Escapes))
            {
                if (!TryAddEscaped(values, members.Quoted)) return false;
            }
            else Add(values, members.Value, members.Quoted);
        }
        return !members.IsOther || TryAddAny(json);
    }

    // What is too long to be kept need not be unescaped.
    private static bool MayBeKept(int length, int escapes) =>
        length - ((long)(LongestEscape - 1) * escapes) <= AttributeIndex.LongestValue && length <= LongestEscape * AttributeIndex.LongestValue;

    private bool TryAddEscaped(AttributeValues? values, ReadOnlySpan<byte> quoted)
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
        return TryAddText(values, ref reader, quoted);
    }

    private bool TryAddText(AttributeValues? values, ref Utf8JsonReader reader, ReadOnlySpan<byte> quoted)
    {
        try
        {
            Add(values, _unescaped.AsSpan(0, reader.CopyString(_unescaped)), quoted);
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
            if (reader.ValueIsEscaped && reader.ValueSpan.Length <= _unescaped.Length) return TryAddText(Find(key), ref reader, default);
            Add(Find(key), reader.ValueSpan, default);
            return true;
        }
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        Add(Find(key), json[start..(int)reader.BytesConsumed], default);
        return true;
    }

    private void Add(AttributeValues? values, ReadOnlySpan<byte> value, ReadOnlySpan<byte> quoted)
    {
        if (values is null) _isComplete = false;
        else if (_noted > 0) values.Share(_noted, value);
        else values.Add(_row, value, quoted);
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
