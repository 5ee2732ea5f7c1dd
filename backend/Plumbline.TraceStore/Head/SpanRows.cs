using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Head;

/// <summary>The columns of the head: a row is added and never changed, save its flags. One writer; arrays that were handed out stay good for the rows they
/// had.</summary>
internal sealed class SpanRows
{
    private static readonly CodeField[] Texts = [.. Enum.GetValues<CodeField>().Where(f => f != CodeField.Tags)];
    private readonly int[][] _codes = new int[Fields.Codes][];
    private readonly long[][] _numbers = new long[Fields.Numbers][];
    private readonly byte[][] _bytes = new byte[Fields.Bytes][];
    private readonly Utf8Interner[] _dictionaries = new Utf8Interner[Fields.Codes];
    private int[] _trace = [];
    private int[] _previous = [];
    private SpanId[] _ids = [];
    private SpanId[] _parents = [];
    private ReadOnlyMemory<byte>[] _records = [];

    /// <summary>No rows, and room for so many without growing.</summary>
    public SpanRows(int capacity)
    {
        for (var i = 0; i < _dictionaries.Length; i++) _dictionaries[i] = new Utf8Interner();
        Grow(capacity);
    }

    public int Count { get; private set; }

    /// <summary>Earliest and latest start so far.</summary>
    public long MinStart { get; private set; } = long.MaxValue;

    public long MaxStart { get; private set; } = long.MinValue;

    public int[] Codes(CodeField field) => _codes[(int)field];

    public long[] Numbers(NumberField field) => _numbers[(int)field];

    public byte[] Bytes(ByteField field) => _bytes[(int)field];

    public Utf8Interner Dictionary(CodeField field) => _dictionaries[(int)field];

    public int[] Trace => _trace;

    /// <summary>The row before, of the same trace; -1 at the first.</summary>
    public int[] Previous => _previous;

    public SpanId[] Ids => _ids;

    public SpanId[] Parents => _parents;

    /// <summary>The record of each row. Its bytes belong to a batch, which stays as long as the row.</summary>
    public ReadOnlyMemory<byte>[] Records => _records;

    public int Add(SpanReader span, ReadOnlyMemory<byte> record, int trace, int previous)
    {
        if (Count == _trace.Length) Grow(Count * 2);
        var row = Count;
        _trace[row] = trace;
        _previous[row] = previous;
        _ids[row] = span.SpanId;
        _parents[row] = span.ParentSpanId;
        _records[row] = record;
        AddTexts(span, row);
        AddNumbers(span, row);
        _bytes[(int)ByteField.Kind][row] = (byte)span.Kind;
        _bytes[(int)ByteField.Status][row] = (byte)span.Status;
        _bytes[(int)ByteField.Flags][row] = 0;
        Count = row + 1;
        return row;
    }

    private void AddTexts(SpanReader span, int row)
    {
        foreach (var field in Texts)
        {
            var text = Fields.TextOf(field);
            _codes[(int)field][row] = span.Has(text) ? _dictionaries[(int)field].Intern(span.Text(text)) : 0;
        }
        var tags = span.Variable((int)SpanList.Tags);
        _codes[(int)CodeField.Tags][row] = tags.IsEmpty ? 0 : _dictionaries[(int)CodeField.Tags].Intern(tags);
    }

    private void AddNumbers(SpanReader span, int row)
    {
        var start = span.StartUnixNano;
        var end = span.EndUnixNano;
        MinStart = Math.Min(MinStart, start);
        MaxStart = Math.Max(MaxStart, start);
        Set(NumberField.Start, start);
        Set(NumberField.Duration, end == 0 || start == 0 ? Fields.Absent : Math.Max(0, end - start));
        var input = Number(span, SpanNumber.InputTokens);
        var output = Number(span, SpanNumber.OutputTokens);
        Set(NumberField.InputTokens, input);
        Set(NumberField.OutputTokens, output);
        Set(NumberField.TotalTokens, span.TryGet(SpanNumber.TotalTokens, out var total) ? total : Total(input, output));
        Set(NumberField.CachedTokens, Number(span, SpanNumber.CachedInputTokens));
        Set(NumberField.ReasoningTokens, Number(span, SpanNumber.ReasoningTokens));
        Set(NumberField.TimeToFirstToken, Number(span, SpanNumber.TimeToFirstToken));
        Set(NumberField.Cost, Number(span, SpanNumber.Cost));

        void Set(NumberField field, long value) => _numbers[(int)field][row] = value;
    }

    internal static long Total(long input, long output)
    {
        if (input == Fields.Absent) return output;
        return output == Fields.Absent ? input : input + output;
    }

    private static long Number(SpanReader span, SpanNumber field) => span.TryGet(field, out var value) ? value : Fields.Absent;

    private void Grow(int capacity)
    {
        for (var i = 0; i < _codes.Length; i++) Array.Resize(ref _codes[i], capacity);
        for (var i = 0; i < _numbers.Length; i++) Array.Resize(ref _numbers[i], capacity);
        for (var i = 0; i < _bytes.Length; i++) Array.Resize(ref _bytes[i], capacity);
        Array.Resize(ref _trace, capacity);
        Array.Resize(ref _previous, capacity);
        Array.Resize(ref _ids, capacity);
        Array.Resize(ref _parents, capacity);
        Array.Resize(ref _records, capacity);
    }
}
