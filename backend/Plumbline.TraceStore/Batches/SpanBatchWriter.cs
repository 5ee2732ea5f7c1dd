using System.Buffers;
using System.Numerics;
using System.Text;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Model;

namespace Plumbline.TraceStore;

/// <summary>Writes spans, field by field and in any order, into the buffer of a <see cref="SpanBatch"/>. Reuse it: after warm-up it allocates once a batch
/// and nothing a span.</summary>
/// <remarks>
/// One span at a time: <see cref="Begin"/>, then any <c>Set</c>, <c>Add</c>, <see cref="Open"/>, then <see cref="End"/> or <see cref="Discard"/>. Setting
/// a field again replaces it. As an <see cref="IBufferWriter{T}"/> it takes the bytes of the text opened with <see cref="Open"/>, for example from a JSON
/// writer, until <see cref="Close"/>.
/// Not for use by several threads at once.
/// </remarks>
public sealed class SpanBatchWriter : IBufferWriter<byte>
{
    private readonly ByteBuffer _records = new(16 * 1024);
    private readonly ByteBuffer _scratch = new(4 * 1024);
    private readonly ByteBuffer[] _lists = [new(256), new(256), new(256), new(256)];
    private readonly (int Start, int Length)[] _texts = new (int, int)[SpanFields.TextCount];
    private readonly long[] _numbers = new long[SpanFields.NumberCount];
    private readonly byte[] _fixed = new byte[RecordLayout.Fixed];
    private ulong _presence;
    private int _open = -1;
    private int _openStart;
    private bool _inSpan;

    public SpanBatchWriter() => _records.Skip(RecordLayout.BatchHeader);

    /// <summary>Spans that were ended since the last <see cref="ToBatch"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes the batch would have now.</summary>
    public int Length => _records.Length;

    /// <summary>Starts a span. Times are nanoseconds since 1970, 0 for unknown; an empty parent means none.</summary>
    public void Begin(
        TraceId traceId,
        SpanId spanId,
        SpanId parentSpanId = default,
        StoredKind kind = StoredKind.Span,
        StoredStatus status = StoredStatus.Unset,
        long startUnixNano = 0,
        long endUnixNano = 0)
    {
        if (_inSpan) throw new InvalidOperationException("End or discard the span before beginning the next.");
        _inSpan = true;
        _presence = 0;
        _scratch.Clear();
        traceId.Write(_fixed.AsSpan(RecordLayout.Trace));
        spanId.Write(_fixed.AsSpan(RecordLayout.Span));
        ParentSpanId = parentSpanId;
        Kind = kind;
        Status = status;
        Usage = UsageConvention.Unknown;
        StartUnixNano = startUnixNano;
        EndUnixNano = endUnixNano;
    }

    public SpanId ParentSpanId { get => SpanId.Read(_fixed.AsSpan(RecordLayout.Parent)); set => value.Write(_fixed.AsSpan(RecordLayout.Parent)); }

    public StoredKind Kind { get => (StoredKind)_fixed[RecordLayout.Kind]; set => _fixed[RecordLayout.Kind] = (byte)value; }

    public StoredStatus Status { get => (StoredStatus)_fixed[RecordLayout.Status]; set => _fixed[RecordLayout.Status] = (byte)value; }

    public UsageConvention Usage { get => (UsageConvention)_fixed[RecordLayout.Usage]; set => _fixed[RecordLayout.Usage] = (byte)value; }

    public long StartUnixNano
    {
        get => RecordLayout.Read<long>(ref _fixed[0], RecordLayout.Start);
        set => RecordLayout.Write(_fixed, RecordLayout.Start, value);
    }

    public long EndUnixNano { get => RecordLayout.Read<long>(ref _fixed[0], RecordLayout.End); set => RecordLayout.Write(_fixed, RecordLayout.End, value); }

    /// <summary>Whether the current span has the field already.</summary>
    public bool Has(SpanText field) => (_presence & (1ul << (int)field)) != 0;

    /// <inheritdoc cref="Has(SpanText)"/>
    public bool Has(SpanNumber field) => (_presence & (1ul << (int)field)) != 0;

    /// <summary>What the current span holds for a text; valid until the next call that writes.</summary>
    public ReadOnlySpan<byte> Get(SpanText field) => Has(field) ? _scratch.Written.Slice(_texts[(int)field].Start, _texts[(int)field].Length) : default;

    /// <summary>What the current span holds for a number, or null.</summary>
    public long? Get(SpanNumber field) => Has(field) ? _numbers[(int)field - SpanFields.FirstNumber] : null;

    /// <summary>Copies a text.</summary>
    public void Set(SpanText field, ReadOnlySpan<byte> utf8)
    {
        CheckNoneOpen();
        _texts[(int)field] = (_scratch.Length, utf8.Length);
        _scratch.Write(utf8);
        _presence |= 1ul << (int)field;
    }

    /// <inheritdoc cref="Set(SpanText, ReadOnlySpan{byte})"/>
    public void Set(SpanText field, string text)
    {
        CheckNoneOpen();
        var start = _scratch.Length;
        Encoding.UTF8.GetBytes(text, this);
        _texts[(int)field] = (start, _scratch.Length - start);
        _presence |= 1ul << (int)field;
    }

    public void Set(SpanNumber field, long value)
    {
        _numbers[(int)field - SpanFields.FirstNumber] = value;
        _presence |= 1ul << (int)field;
    }

    /// <summary>Takes a field away again.</summary>
    public void Remove(SpanText field) => _presence &= ~(1ul << (int)field);

    /// <inheritdoc cref="Remove(SpanText)"/>
    public void Remove(SpanNumber field) => _presence &= ~(1ul << (int)field);

    /// <summary>Adds an item to a list unless it is there already.</summary>
    public void Add(SpanList field, ReadOnlySpan<byte> utf8)
    {
        var list = _lists[(int)field - SpanFields.FirstList];
        var bit = 1ul << (int)field;
        if ((_presence & bit) == 0) list.Clear();
        _presence |= bit;
        foreach (var item in new Utf8List(list.Written))
        {
            if (item.SequenceEqual(utf8)) return;
        }
        list.Write(utf8.Length);
        list.Write(utf8);
    }

    /// <summary>Opens a text for writing through <see cref="IBufferWriter{T}"/>.</summary>
    public SpanBatchWriter Open(SpanText field)
    {
        CheckNoneOpen();
        _open = (int)field;
        _openStart = _scratch.Length;
        return this;
    }

    /// <summary>Ends the text opened last; its field is present, be it empty.</summary>
    public void Close()
    {
        if (_open < 0) throw new InvalidOperationException("No field is open.");
        _texts[_open] = (_openStart, _scratch.Length - _openStart);
        _presence |= 1ul << _open;
        _open = -1;
    }

    void IBufferWriter<byte>.Advance(int count) => _scratch.Advance(count);

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => _scratch.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => _scratch.GetMemory(sizeHint).Span;

    /// <summary>Drops the span begun last.</summary>
    public void Discard() => (_inSpan, _open) = (false, -1);

    /// <summary>Ends the span begun last.</summary>
    public void End()
    {
        CheckNoneOpen();
        if (!_inSpan) throw new InvalidOperationException("No span was begun.");
        _inSpan = false;
        var record = _records.Reserve(RecordLength(out var ends, out var data));
        _fixed.CopyTo(record);
        RecordLayout.Write(record, 0, record.Length);
        RecordLayout.Write(record, RecordLayout.Presence, _presence);
        WriteNumbers(record[RecordLayout.Fixed..]);
        WriteVariable(record, ends, data);
        Count++;
    }

    /// <summary>Adds a whole span from an object.</summary>
    public void Add(SpanRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.WriteTo(this);
    }

    /// <summary>Copies a whole span from another batch.</summary>
    public void Add(SpanReader span)
    {
        if (_inSpan) throw new InvalidOperationException("End or discard the span before adding another.");
        _records.Write(span.Record);
        Count++;
    }

    /// <summary>The spans written so far as a batch with a buffer of its own; the writer starts anew.</summary>
    public SpanBatch ToBatch()
    {
        if (_inSpan) throw new InvalidOperationException("End or discard the span before taking the batch.");
        var bytes = GC.AllocateUninitializedArray<byte>(_records.Length);
        _records.Written.CopyTo(bytes);
        RecordLayout.Magic.CopyTo(bytes);
        RecordLayout.Write(bytes, 4, (uint)RecordLayout.Version);
        RecordLayout.Write(bytes, 8, Count);
        RecordLayout.Write(bytes, 12, bytes.Length);
        var batch = new SpanBatch(bytes, Count);
        Clear();
        return batch;
    }

    /// <summary>Drops everything written.</summary>
    public void Clear()
    {
        Discard();
        _records.Clear();
        _records.Skip(RecordLayout.BatchHeader);
        Count = 0;
    }

    private int RecordLength(out int ends, out int data)
    {
        ends = RecordLayout.Fixed + (8 * BitOperations.PopCount(_presence & ~SpanFields.VariableMask));
        data = ends + (4 * BitOperations.PopCount(_presence & SpanFields.VariableMask));
        var length = data;
        for (var bits = _presence & SpanFields.VariableMask; bits != 0; bits &= bits - 1)
            length = checked(length + VariableLength(BitOperations.TrailingZeroCount(bits)));
        return length;
    }

    private int VariableLength(int field) => field < SpanFields.FirstList ? _texts[field].Length : _lists[field - SpanFields.FirstList].Length;

    private void WriteNumbers(Span<byte> target)
    {
        for (var bits = _presence >> SpanFields.FirstNumber; bits != 0; bits &= bits - 1)
        {
            RecordLayout.Write(target, 0, _numbers[BitOperations.TrailingZeroCount(bits)]);
            target = target[8..];
        }
    }

    private void WriteVariable(Span<byte> record, int ends, int data)
    {
        var scratch = _scratch.Written;
        var end = 0;
        for (var bits = _presence & SpanFields.VariableMask; bits != 0; bits &= bits - 1)
        {
            var field = BitOperations.TrailingZeroCount(bits);
            var value = field < SpanFields.FirstList ? scratch.Slice(_texts[field].Start, _texts[field].Length) : _lists[field - SpanFields.FirstList].Written;
            value.CopyTo(record[(data + end)..]);
            end += value.Length;
            RecordLayout.Write(record, ends, end);
            ends += 4;
        }
    }

    private void CheckNoneOpen()
    {
        if (_open >= 0) throw new InvalidOperationException($"Close {(SpanText)_open} first.");
    }
}
