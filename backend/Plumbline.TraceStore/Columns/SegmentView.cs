using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Columns;

/// <summary>A part of the store as one query sees it: the head or a block, at one moment. Traces are whole within a segment.</summary>
internal abstract class SegmentView
{
    public abstract int Spans { get; }

    public abstract int Traces { get; }

    /// <summary>Earliest and latest start of a span, inclusive. The earliest start of a trace is not before the first.</summary>
    public abstract NanoRange Bounds { get; }

    /// <summary>Traces that count: not moved elsewhere, not erased.</summary>
    public abstract Bitmap LiveTraces { get; }

    /// <summary>Spans that count; those of live traces, without superseded copies.</summary>
    public abstract Bitmap LiveSpans { get; }

    /// <summary>Brings columns into memory; only those may be asked for afterwards.</summary>
    public abstract ValueTask LoadAsync(FieldSet fields, CancellationToken cancellationToken);

    public abstract CodeColumn Column(CodeField field);

    public abstract NumberColumn Column(NumberField field);

    public ReadOnlySpan<byte> Column(ByteField field) => Bytes(field).AsSpan(0, Spans);

    /// <summary>The column, which may go on past the last span.</summary>
    public abstract byte[] Bytes(ByteField field);

    /// <summary>The trace of each span.</summary>
    public abstract ReadOnlySpan<int> TraceOf { get; }

    public abstract CodeColumn Column(TraceCode field);

    public abstract NumberColumn Column(TraceNumber field);

    public abstract ReadOnlySpan<TraceId> TraceIds { get; }

    public abstract ValueTask<int> FindAsync(TraceId id, CancellationToken cancellationToken);

    public abstract ReadOnlySpan<SpanId> SpanIds { get; }

    /// <summary>The live spans of a trace, in no given order.</summary>
    public abstract void SpansOf(int trace, List<int> into);

    /// <summary>The whole record of a span, in the layout of a batch.</summary>
    public abstract ValueTask<ReadOnlyMemory<byte>> RecordAsync(int span, CancellationToken cancellationToken);

    /// <summary>The spans that meet a condition on an attribute for certain, and those whose record has to be looked at; null when that is all of
    /// them.</summary>
    public abstract ValueTask<(Bitmap Certain, Bitmap? Unsure)?> AttributeAsync(AttributePredicate predicate, CancellationToken cancellationToken);

    /// <summary>The spans that may hold a text; a superset of those that do.</summary>
    public abstract ValueTask<Bitmap> CandidatesAsync(Needle needle, CancellationToken cancellationToken);

    /// <summary>Whether the span's name, input or output holds the text.</summary>
    public abstract ValueTask<bool> HoldsAsync(int span, Needle needle, CancellationToken cancellationToken);

    /// <summary>The beginnings of a trace's input and output.</summary>
    public abstract ValueTask<(string? Input, string? Output)> PreviewAsync(int trace, CancellationToken cancellationToken);
}
