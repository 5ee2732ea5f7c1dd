namespace Plumbline.TraceStore;

/// <summary>The values of one attribute, span by span, while a block is made.</summary>
/// <param name="key">The attribute's name.</param>
/// <param name="mostValues">Distinct values from which on they are hashed.</param>
internal sealed class AttributeValues(byte[] key, int mostValues)
{
    private const int Long = 1;
    private readonly List<(int Row, int Code)> _codes = [];
    private Utf8Interner? _values = new();

    public byte[] Key => key;

    /// <summary>The attribute that came after this one last time.</summary>
    public AttributeValues? Next { get; set; }

    /// <summary>Spans that have the attribute.</summary>
    public int Spans => _codes.Count;

    /// <summary>Notes the value of a span; spans come in rising order, and the first value of a span stays.</summary>
    public void Add(int row, ReadOnlySpan<byte> value)
    {
        if (_codes.Count > 0 && _codes[^1].Row == row) return;
        _codes.Add((row, CodeOf(value)));
        if (_values?.Count > mostValues) Hash(_values.View);
    }

    /// <summary>Writes the column.</summary>
    /// <param name="codes">Room for as many codes as there are spans.</param>
    /// <param name="into">Receives the page.</param>
    public void Write(int[] codes, ByteBuffer into)
    {
        codes.AsSpan().Clear();
        foreach (var (row, code) in _codes) codes[row] = code;
        AttributeColumn.Write(codes, _values?.View, into);
    }

    private int CodeOf(ReadOnlySpan<byte> value)
    {
        if (value.Length > AttributeIndex.LongestValue) return Long;
        return _values is null ? AttributeColumn.HashOf(Utf8Interner.Hash(value)) : _values.Intern(value) + 1;
    }

    private void Hash(Utf8Dictionary values)
    {
        for (var i = 0; i < _codes.Count; i++)
        {
            if (_codes[i].Code != Long) _codes[i] = (_codes[i].Row, AttributeColumn.HashOf(Utf8Interner.Hash(values[_codes[i].Code - 1])));
        }
        _values = null;
    }
}
