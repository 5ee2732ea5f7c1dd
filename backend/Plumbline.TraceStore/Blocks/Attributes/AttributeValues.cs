using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks.Attributes;

/// <summary>The values of one attribute, span by span, while a block is made.</summary>
/// <param name="key">The attribute's name.</param>
/// <param name="mostValues">Distinct values from which on they are hashed.</param>
internal sealed class AttributeValues(byte[] key, int mostValues)
{
    private const int Long = 1;
    private readonly byte[] _last = new byte[AttributeIndex.LongestValue + 2];
    private int _lastLength;
    private int _lastRow = -1;
    private int _lastCode;
    private readonly List<(int Row, int Code)> _codes = [];
    private readonly List<(int Row, int Code)> _shared = [];
    private Utf8Interner? _values = new();

    public byte[] Key => key;

    /// <summary>The name as it stands in JSON, with its quotes and the colon; none when it needs escapes there.</summary>
    public byte[] Name { get; } = key.AsSpan().ContainsAny("\"\\"u8) ? [] : [.. "\""u8, .. key, .. "\":"u8];

    /// <summary>The attribute that came after this one last time.</summary>
    public AttributeValues? Next { get; set; }

    /// <summary>The last value as it stood in JSON; none when it was too long to be kept.</summary>
    public ReadOnlySpan<byte> Last => _last.AsSpan(0, _lastLength);

    /// <summary>Notes the value of a span; spans come in rising order, and the first value of a span stays.</summary>
    /// <param name="row">The span.</param>
    /// <param name="value">The value.</param>
    /// <param name="quoted">The value as it stands in JSON; may be empty.</param>
    public void Add(int row, ReadOnlySpan<byte> value, ReadOnlySpan<byte> quoted)
    {
        if (_lastRow == row) return;
        _codes.Add((_lastRow = row, _lastCode = CodeOf(value)));
        _lastLength = 0;
        if (_lastCode != Long && quoted.TryCopyTo(_last)) _lastLength = quoted.Length;
        HashIfMany();
    }

    /// <summary>Notes the value <see cref="Last"/> for another span.</summary>
    public void AddLast(int row)
    {
        if (_lastRow != row) _codes.Add((_lastRow = row, _lastCode));
    }

    /// <summary>Notes the value in a resource that spans share; its first value stays.</summary>
    /// <param name="resource">The number of the resource; numbers rise.</param>
    /// <param name="value">The value.</param>
    public void Share(int resource, ReadOnlySpan<byte> value)
    {
        if (_shared.Count > 0 && _shared[^1].Row == resource) return;
        _shared.Add((resource, CodeOf(value)));
        HashIfMany();
    }

    /// <summary>How many spans have the attribute.</summary>
    /// <param name="resourceOf">The resource of each span, 0 where it is none that is shared.</param>
    /// <param name="uses">How many spans each resource has.</param>
    public int Spans(ReadOnlySpan<int> resourceOf, ReadOnlySpan<int> uses)
    {
        var spans = _codes.Count;
        if (_shared.Count == 0) return spans;
        var has = new bool[uses.Length];
        foreach (var (resource, _) in _shared)
        {
            has[resource] = true;
            spans += uses[resource];
        }
        foreach (var (row, _) in _codes) spans -= has[resourceOf[row]] ? 1 : 0;
        return spans;
    }

    /// <summary>Writes the column.</summary>
    /// <param name="codes">Room for as many codes as there are spans.</param>
    /// <param name="resourceOf">The resource of each span, 0 where it is none that is shared.</param>
    /// <param name="resources">One more than the last resource.</param>
    /// <param name="into">Receives the page.</param>
    public void Write(int[] codes, ReadOnlySpan<int> resourceOf, int resources, ByteBuffer into)
    {
        codes.AsSpan().Clear();
        if (_shared.Count > 0)
        {
            var shared = new int[resources];
            foreach (var (resource, code) in _shared) shared[resource] = code;
            for (var row = 0; row < codes.Length; row++) codes[row] = shared[resourceOf[row]];
        }
        foreach (var (row, code) in _codes) codes[row] = code;
        AttributeColumn.Write(codes, _values?.View, into);
    }

    private int CodeOf(ReadOnlySpan<byte> value)
    {
        if (value.Length > AttributeIndex.LongestValue) return Long;
        return _values is null ? AttributeColumn.HashOf(Utf8Interner.Hash(value)) : _values.Intern(value) + 1;
    }

    private void HashIfMany()
    {
        if (_values is null || _values.Count <= mostValues) return;
        Hash(_codes, _values.View);
        Hash(_shared, _values.View);
        _values = null;
        _lastLength = 0;
    }

    private static void Hash(List<(int Row, int Code)> codes, Utf8Dictionary values)
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i].Code != Long) codes[i] = (codes[i].Row, AttributeColumn.HashOf(Utf8Interner.Hash(values[codes[i].Code - 1])));
        }
    }
}
