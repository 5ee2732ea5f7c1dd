using System.Numerics;
using Plumbline.TraceStore.Model;

namespace Plumbline.TraceStore.Head;

/// <summary>Makes one span of two copies, field by field: what one copy lacks comes from the other; of two texts the longer stays (then the greater by
/// bytes), of two numbers the greater, of starts the earlier, of ends the later, of statuses the heavier, of mapping versions the lower (none is the lowest);
/// lists are united. The order in which copies arrive makes no difference, and a copy
/// that was merged before changes nothing.</summary>
internal static class SpanMerge
{
    private const ulong Version = 1ul << (int)SpanNumber.MappingVersion;

    /// <summary>Writes the merged span. Both must be of the same trace and span.</summary>
    public static void Merge(SpanReader a, SpanReader b, SpanBatchWriter into)
    {
        into.Begin(a.TraceId, a.SpanId, new SpanId(Math.Max(a.ParentSpanId.Value, b.ParentSpanId.Value)), Kind(a.Kind, b.Kind), Max(a.Status, b.Status),
            Earlier(a.StartUnixNano, b.StartUnixNano), Math.Max(a.EndUnixNano, b.EndUnixNano));
        into.Usage = (UsageConvention)Math.Max((byte)a.Usage, (byte)b.Usage);
        for (var bits = (a.Presence | b.Presence) & ~Version; bits != 0; bits &= bits - 1)
        {
            var field = BitOperations.TrailingZeroCount(bits);
            if (field < SpanFields.FirstList) into.Set((SpanText)field, Text(a, b, (SpanText)field));
            else if (field < SpanFields.FirstNumber) Unite(a, b, (SpanList)field, into);
            else into.Set((SpanNumber)field, Math.Max(a.Number((SpanNumber)field) ?? long.MinValue, b.Number((SpanNumber)field) ?? long.MinValue));
        }
        if (a.TryGet(SpanNumber.MappingVersion, out var one) && b.TryGet(SpanNumber.MappingVersion, out var other))
            into.Set(SpanNumber.MappingVersion, Math.Min(one, other));
        into.End();
    }

    private static StoredKind Kind(StoredKind a, StoredKind b) =>
        a == b ? a : a == StoredKind.Span ? b : b == StoredKind.Span ? a : (StoredKind)Math.Min((byte)a, (byte)b);

    private static StoredStatus Max(StoredStatus a, StoredStatus b) => a > b ? a : b;

    private static long Earlier(long a, long b) => a == 0 ? b : b == 0 ? a : Math.Min(a, b);

    private static ReadOnlySpan<byte> Text(SpanReader a, SpanReader b, SpanText field)
    {
        var x = a.Text(field);
        var y = b.Text(field);
        if (x.Length != y.Length) return x.Length > y.Length ? x : y;
        return x.SequenceCompareTo(y) >= 0 ? x : y;
    }

    private static void Unite(SpanReader a, SpanReader b, SpanList field, SpanBatchWriter into)
    {
        if (a.Variable((int)field).SequenceEqual(b.Variable((int)field)))
        {
            foreach (var item in a.List(field)) into.Add(field, item);
            return;
        }
        var items = new SortedSet<byte[]>(Utf8Order.Instance);
        foreach (var item in a.List(field)) items.Add(item.ToArray());
        foreach (var item in b.List(field)) items.Add(item.ToArray());
        foreach (var item in items) into.Add(field, item);
    }
}

/// <summary>Compares UTF-8 texts by their bytes.</summary>
internal sealed class Utf8Order : IComparer<byte[]>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
