using System.Text;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Head;

/// <summary>The head at one moment.</summary>
internal sealed class HeadView : SegmentView
{
    private readonly CodeColumn[] _codes = new CodeColumn[Fields.Codes];
    private readonly NumberColumn[] _numbers = new NumberColumn[Fields.Numbers];
    private readonly byte[][] _bytes = new byte[Fields.Bytes][];
    private readonly CodeColumn[] _traceCodes = new CodeColumn[Fields.TraceCodes];
    private readonly NumberColumn[] _traceNumbers = new NumberColumn[Fields.TraceNumbers];
    private readonly TraceRows _traces;
    private readonly int[] _trace;
    private readonly int[] _previous;
    private readonly SpanId[] _ids;
    private readonly ReadOnlyMemory<byte>[] _records;
    private Dictionary<TraceId, int>? _found;
    private int _lookUps;

    public HeadView(SpanRows spans, TraceRows traces, Utf8Dictionary models, Bitmap liveSpans, Bitmap liveTraces)
    {
        Spans = spans.Count;
        _traces = traces;
        (_trace, _previous, _ids, _records) = (spans.Trace, spans.Previous, spans.Ids, spans.Records);
        Bounds = new NanoRange(spans.MinStart, spans.MaxStart);
        for (var f = (CodeField)0; (int)f < Fields.Codes; f++) _codes[(int)f] = new CodeColumn(spans.Codes(f), Spans, spans.Dictionary(f).View);
        for (var f = (NumberField)0; (int)f < Fields.Numbers; f++) _numbers[(int)f] = new NumberColumn(spans.Numbers(f), Spans);
        _bytes[(int)ByteField.Kind] = spans.Bytes(ByteField.Kind);
        _bytes[(int)ByteField.Status] = spans.Bytes(ByteField.Status);
        _bytes[(int)ByteField.Flags] = spans.Bytes(ByteField.Flags).AsSpan(0, Spans).ToArray();
        for (var f = (TraceCode)0; (int)f < Fields.TraceCodes; f++) _traceCodes[(int)f] = new CodeColumn(traces.Codes(f), Traces, Dictionary(spans, models, f));
        for (var f = (TraceNumber)0; (int)f < Fields.TraceNumbers; f++) _traceNumbers[(int)f] = new NumberColumn(traces.Numbers(f), Traces);
        (LiveSpans, LiveTraces) = (liveSpans, liveTraces);
    }

    public override int Spans { get; }

    public override int Traces => _traces.Count;

    public override NanoRange Bounds { get; }

    public override Bitmap LiveSpans { get; }

    public override Bitmap LiveTraces { get; }

    public override ReadOnlySpan<int> TraceOf => _trace.AsSpan(0, Spans);

    public override ReadOnlySpan<TraceId> TraceIds => _traces.Ids.AsSpan(0, Traces);

    public override ReadOnlySpan<SpanId> SpanIds => _ids.AsSpan(0, Spans);

    public override ValueTask LoadAsync(FieldSet fields, CancellationToken cancellationToken) => default;

    public override CodeColumn Column(CodeField field) => _codes[(int)field];

    public override NumberColumn Column(NumberField field) => _numbers[(int)field];

    public override byte[] Bytes(ByteField field) => _bytes[(int)field];

    public override CodeColumn Column(TraceCode field) => _traceCodes[(int)field];

    public override NumberColumn Column(TraceNumber field) => _traceNumbers[(int)field];

    public override ValueTask<int> FindAsync(TraceId id, CancellationToken cancellationToken)
    {
        // An index pays from some look-ups on; most queries make one or none.
        if (_found is null && ++_lookUps <= 8) return new(Scan(id));
        return new((_found ??= Index()).GetValueOrDefault(id, -1));
    }

    public override void SpansOf(int trace, List<int> into)
    {
        for (var row = _traces.LastSpan[trace]; row >= 0; row = _previous[row])
        {
            if (LiveSpans[row]) into.Add(row);
        }
    }

    public override ValueTask<ReadOnlyMemory<byte>> RecordAsync(int span, CancellationToken cancellationToken) => new(_records[span]);

    public override ValueTask<(Bitmap Certain, Bitmap? Unsure)?> AttributeAsync(AttributePredicate predicate, CancellationToken cancellationToken) => default;

    public override ValueTask<Bitmap> CandidatesAsync(Needle needle, CancellationToken cancellationToken) => new(LiveSpans.Copy());

    public override ValueTask<bool> HoldsAsync(int span, Needle needle, CancellationToken cancellationToken)
    {
        var reader = new SpanReader(_records[span].Span);
        return new(BlockView.Holds(reader, needle));
    }

    public override ValueTask<(string? Input, string? Output)> PreviewAsync(int trace, CancellationToken cancellationToken) =>
        new((Text(_traces.InputSpan[trace], SpanText.Input), Text(_traces.OutputSpan[trace], SpanText.Output)));

    /// <summary>The whole record of a span.</summary>
    public ReadOnlySpan<byte> Record(int span) => _records[span].Span;

    /// <summary>The beginning of the text that stands for the trace's; empty when there is none.</summary>
    public ReadOnlySpan<byte> PreviewBytes(int trace, SpanText field)
    {
        var span = (field == SpanText.Input ? _traces.InputSpan : _traces.OutputSpan)[trace];
        return span < 0 ? default : Preview.Cut(new SpanReader(_records[span].Span).Text(field));
    }

    private string? Text(int span, SpanText field) => span < 0 ? null : Encoding.UTF8.GetString(Preview.Cut(new SpanReader(_records[span].Span).Text(field)));

    private int Scan(TraceId id)
    {
        var ids = TraceIds;
        for (var from = 0; from < ids.Length;)
        {
            var at = ids[from..].IndexOf(id);
            if (at < 0) return -1;
            if (LiveTraces[from + at]) return from + at;
            from += at + 1;
        }
        return -1;
    }

    private Dictionary<TraceId, int> Index()
    {
        var index = new Dictionary<TraceId, int>(Traces);
        foreach (var trace in LiveTraces) index[_traces.Ids[trace]] = trace;
        return index;
    }

    private static Utf8Dictionary Dictionary(SpanRows spans, Utf8Dictionary models, TraceCode field) =>
        Fields.OfSpan(field) is { } shared ? spans.Dictionary(shared).View : models;
}

/// <summary>The beginning of a text.</summary>
internal static class Preview
{
    /// <summary>Most bytes of UTF-8.</summary>
    public const int Length = 240;

    /// <summary>Cut where a character ends.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= Length) return text;
        var end = Length;
        while (end > 0 && (text[end] & 0xC0) == 0x80) end--;
        return text[..end];
    }
}
