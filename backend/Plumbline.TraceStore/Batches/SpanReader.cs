using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Model;

namespace Plumbline.TraceStore;

/// <summary>One span of a batch, read in place. Made from checked bytes only; the slices it gives live as long as the batch.</summary>
public readonly ref struct SpanReader
{
    private readonly ReadOnlySpan<byte> _record;
    private readonly ulong _presence;
    private readonly int _ends;
    private readonly int _data;

    /// <summary>Reads the bytes of one record, as a checked batch holds them.</summary>
    internal SpanReader(ReadOnlySpan<byte> record)
    {
        _record = record;
        _presence = RecordLayout.Read<ulong>(ref MemoryMarshal.GetReference(record), RecordLayout.Presence);
        _ends = RecordLayout.Fixed + (8 * BitOperations.PopCount(_presence & ~SpanFields.VariableMask));
        _data = _ends + (4 * BitOperations.PopCount(_presence & SpanFields.VariableMask));
    }

    /// <summary>The record itself, in the layout of FORMAT.md.</summary>
    public ReadOnlySpan<byte> Record => _record;

    /// <summary>The presence bits; see <see cref="SpanText"/>, <see cref="SpanList"/> and <see cref="SpanNumber"/> for their numbers.</summary>
    public ulong Presence => _presence;

    public TraceId TraceId => TraceId.Read(_record[RecordLayout.Trace..]);

    public SpanId SpanId => SpanId.Read(_record[RecordLayout.Span..]);

    /// <summary>Empty for a root.</summary>
    public SpanId ParentSpanId => SpanId.Read(_record[RecordLayout.Parent..]);

    public StoredKind Kind => (StoredKind)_record[RecordLayout.Kind];

    public StoredStatus Status => (StoredStatus)_record[RecordLayout.Status];

    public UsageConvention Usage => (UsageConvention)_record[RecordLayout.Usage];

    /// <summary>Nanoseconds since 1970; 0 when unknown.</summary>
    public long StartUnixNano => BinaryPrimitives.ReadInt64LittleEndian(_record[RecordLayout.Start..]);

    /// <summary>Nanoseconds since 1970; 0 when unknown.</summary>
    public long EndUnixNano => BinaryPrimitives.ReadInt64LittleEndian(_record[RecordLayout.End..]);

    public bool Has(SpanText field) => (_presence & (1ul << (int)field)) != 0;

    public bool Has(SpanNumber field) => (_presence & (1ul << (int)field)) != 0;

    /// <summary>The bytes of a text; empty when absent (<see cref="Has(SpanText)"/> tells absent from empty).</summary>
    public ReadOnlySpan<byte> Text(SpanText field) => Variable((int)field);

    /// <summary>The text as a string, or null when absent.</summary>
    public string? String(SpanText field) => Has(field) ? Encoding.UTF8.GetString(Variable((int)field)) : null;

    /// <summary>A number, or null when absent.</summary>
    public long? Number(SpanNumber field) => TryGet(field, out var value) ? value : null;

    public bool TryGet(SpanNumber field, out long value)
    {
        var bit = 1ul << (int)field;
        if ((_presence & bit) == 0)
        {
            value = 0;
            return false;
        }
        var before = BitOperations.PopCount(_presence & (bit - 1) & ~SpanFields.VariableMask);
        value = BinaryPrimitives.ReadInt64LittleEndian(_record[(RecordLayout.Fixed + (8 * before))..]);
        return true;
    }

    /// <summary>The items of a list; none when absent.</summary>
    public Utf8List List(SpanList field) => new(Variable((int)field));

    /// <summary>The encoded form of a variable field by its presence bit; empty when absent.</summary>
    internal ReadOnlySpan<byte> Variable(int number)
    {
        var bit = 1ul << number;
        if ((_presence & bit) == 0) return default;
        var before = BitOperations.PopCount(_presence & (bit - 1) & SpanFields.VariableMask);
        var at = _ends + (4 * before);
        var from = before == 0 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(_record[(at - 4)..]);
        var to = BinaryPrimitives.ReadInt32LittleEndian(_record[at..]);
        return _record[(_data + from)..(_data + to)];
    }
}
