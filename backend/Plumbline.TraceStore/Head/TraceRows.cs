using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Head;

/// <summary>The roll-ups of the head's traces, in columns.</summary>
internal sealed class TraceRows
{
    private readonly long[][] _numbers = new long[Fields.TraceNumbers][];
    private readonly int[][] _codes = new int[Fields.TraceCodes][];
    private TraceId[] _ids = [];
    private int[] _lastSpan = [];
    private int[] _inputSpan = [];
    private int[] _outputSpan = [];

    /// <summary>No rows, and room for so many without growing.</summary>
    public TraceRows(int capacity) => Grow(capacity);

    public int Count { get; private set; }

    public TraceId[] Ids => _ids;

    /// <summary>The row of the trace's span that came last.</summary>
    public int[] LastSpan => _lastSpan;

    /// <summary>The span whose input stands for the trace's; -1 for none.</summary>
    public int[] InputSpan => _inputSpan;

    /// <summary>The span whose output stands for the trace's; -1 for none.</summary>
    public int[] OutputSpan => _outputSpan;

    public long[] Numbers(TraceNumber field) => _numbers[(int)field];

    public int[] Codes(TraceCode field) => _codes[(int)field];

    public int Add(TraceId id)
    {
        if (Count == _ids.Length) Grow(Count * 2);
        _ids[Count] = id;
        _lastSpan[Count] = -1;
        return Count++;
    }

    /// <summary>A copy that later changes do not reach.</summary>
    public TraceRows Copy()
    {
        var copy = new TraceRows(Math.Max(1, Count));
        for (var i = 0; i < _numbers.Length; i++) Array.Copy(_numbers[i], copy._numbers[i], Count);
        for (var i = 0; i < _codes.Length; i++) Array.Copy(_codes[i], copy._codes[i], Count);
        Array.Copy(_ids, copy._ids, Count);
        Array.Copy(_lastSpan, copy._lastSpan, Count);
        Array.Copy(_inputSpan, copy._inputSpan, Count);
        Array.Copy(_outputSpan, copy._outputSpan, Count);
        copy.Count = Count;
        return copy;
    }

    private void Grow(int capacity)
    {
        if (capacity <= _ids.Length) return;
        for (var i = 0; i < _numbers.Length; i++) Array.Resize(ref _numbers[i], capacity);
        for (var i = 0; i < _codes.Length; i++) Array.Resize(ref _codes[i], capacity);
        Array.Resize(ref _ids, capacity);
        Array.Resize(ref _lastSpan, capacity);
        Array.Resize(ref _inputSpan, capacity);
        Array.Resize(ref _outputSpan, capacity);
    }
}
