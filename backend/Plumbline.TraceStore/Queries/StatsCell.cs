using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Sums over spans: one bucket of one group.</summary>
internal sealed class StatsCell
{
    private long _lastTrace = -1;

    public long Spans;
    public long Traces;
    public long Errors;
    public long Input;
    public long Output;
    public long Total;
    public Known<long> Cached;
    public Known<long> Reasoning;
    public Known<Int128> Cost;
    public long Unpriced;

    public QuantileSketch Duration { get; } = new();

    public QuantileSketch FirstToken { get; } = new();

    /// <summary>Adds a span. The spans of a trace follow each other.</summary>
    public void Add(int row, int trace, StatsColumns columns)
    {
        if (_lastTrace != trace)
        {
            _lastTrace = trace;
            Traces++;
        }
        AddSpan(row, columns);
    }

    /// <summary>Adds a span whose trace is counted elsewhere.</summary>
    public void AddSpan(int row, StatsColumns columns)
    {
        Spans++;
        if (columns.Status[row] == (byte)StoredStatus.Error) Errors++;
        if (columns.Duration[row] is var duration && duration != Fields.Absent) Duration.Add(duration, columns.Duration.SketchBucket(row), 1);
        if (columns.FirstToken[row] is var first && first != Fields.Absent) FirstToken.Add(first, columns.FirstToken.SketchBucket(row), 1);
        if ((columns.Flags[row] & (byte)SpanFlags.Billed) != 0) AddUsage(row, columns);
    }

    public StatsRow Row(long? bucket, string[] group) => new()
    {
        BucketStartUnixNano = bucket,
        Group = group,
        Spans = Spans,
        Traces = Traces,
        Errors = Errors,
        Tokens = new TokenSums(Input, Output, Total, Cached.OrNull, Reasoning.OrNull),
        Cost = Cost.OrNull,
        UnpricedSpans = Unpriced,
        Duration = Duration.ToCompact(),
        TimeToFirstToken = FirstToken.ToCompact(),
    };

    /// <summary>Makes it empty, to be used again.</summary>
    public void Clear()
    {
        _lastTrace = -1;
        (Spans, Traces, Errors, Input, Output, Total, Unpriced) = (0, 0, 0, 0, 0, 0, 0);
        (Cached, Reasoning, Cost) = (default, default, default);
        Duration.Clear();
        FirstToken.Clear();
    }

    private void AddUsage(int row, StatsColumns columns)
    {
        Input += OrZero(columns.Input[row]);
        Output += OrZero(columns.Output[row]);
        Total += OrZero(columns.Total[row]);
        if (columns.Cached[row] is var cached && cached != Fields.Absent) Cached.Add(cached);
        if (columns.Reasoning[row] is var reasoning && reasoning != Fields.Absent) Reasoning.Add(reasoning);
        if (columns.Cost[row] is var cost && cost != Fields.Absent) Cost.Add(cost);
        else Unpriced++;
    }

    private static long OrZero(long number) => number == Fields.Absent ? 0 : number;
}

/// <summary>A sum that is not known as long as nothing was added.</summary>
internal struct Known<T> where T : struct, System.Numerics.INumber<T>
{
    private T _sum;
    private bool _any;

    public readonly T? OrNull => _any ? _sum : null;

    public void Add(T number)
    {
        _sum += number;
        _any = true;
    }
}

/// <summary>The columns that sums are made of.</summary>
internal sealed class StatsColumns(SegmentView view)
{
    public readonly NumberColumn Start = view.Column(NumberField.Start);
    public readonly NumberColumn Duration = view.Column(NumberField.Duration);
    public readonly NumberColumn FirstToken = view.Column(NumberField.TimeToFirstToken);
    public readonly NumberColumn Input = view.Column(NumberField.InputTokens);
    public readonly NumberColumn Output = view.Column(NumberField.OutputTokens);
    public readonly NumberColumn Total = view.Column(NumberField.TotalTokens);
    public readonly NumberColumn Cached = view.Column(NumberField.CachedTokens);
    public readonly NumberColumn Reasoning = view.Column(NumberField.ReasoningTokens);
    public readonly NumberColumn Cost = view.Column(NumberField.Cost);

    public readonly byte[] Status = view.Bytes(ByteField.Status);
    public readonly byte[] Flags = view.Bytes(ByteField.Flags);

    /// <summary>Adds them to a set of columns to load.</summary>
    public static void Fields(ref FieldSet fields)
    {
        for (var number = (NumberField)0; (int)number < Columns.Fields.Numbers; number++) fields.Add(number);
        fields.Add(ByteField.Status);
        fields.Add(ByteField.Flags);
    }
}
