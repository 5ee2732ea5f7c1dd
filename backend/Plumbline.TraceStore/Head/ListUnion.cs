using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Head;

/// <summary>The code of the sorted union of the lists that some rows have. Lists and unions share a dictionary.</summary>
internal sealed class ListUnion(Utf8Interner lists)
{
    private readonly Dictionary<int, int> _sorted = [];

    public int Of(List<int> rows, int[] codes)
    {
        var first = 0;
        var several = false;
        foreach (var row in rows)
        {
            if (codes[row] == 0 || codes[row] == first) continue;
            several |= first != 0;
            first = codes[row];
        }
        if (first == 0) return 0;
        if (several) return Union(rows, codes);
        if (!_sorted.TryGetValue(first, out var code)) _sorted[first] = code = Union(rows, codes);
        return code;
    }

    private int Union(List<int> rows, int[] codes)
    {
        var items = new SortedSet<byte[]>(Utf8Order.Instance);
        var seen = new HashSet<int>();
        foreach (var row in rows)
        {
            if (codes[row] == 0 || !seen.Add(codes[row])) continue;
            foreach (var item in new Utf8List(lists.View[codes[row]])) items.Add(item.ToArray());
        }
        return lists.Intern(ListEncoding.Encode(items));
    }
}

/// <summary>The code of the sorted list of the distinct values that some rows have.</summary>
internal sealed class ValueList(Utf8Interner values, Utf8Interner lists)
{
    private readonly Dictionary<int, int> _single = [];

    public int Of(List<int> rows, int[] codes)
    {
        var first = 0;
        var several = false;
        foreach (var row in rows)
        {
            if (codes[row] == 0 || codes[row] == first) continue;
            several |= first != 0;
            first = codes[row];
        }
        if (first == 0) return 0;
        if (several) return Distinct(rows, codes);
        if (!_single.TryGetValue(first, out var code)) _single[first] = code = Distinct(rows, codes);
        return code;
    }

    private int Distinct(List<int> rows, int[] codes)
    {
        var items = new SortedSet<byte[]>(Utf8Order.Instance);
        var seen = new HashSet<int>();
        foreach (var row in rows)
        {
            if (codes[row] != 0 && seen.Add(codes[row])) items.Add(values.View[codes[row]].ToArray());
        }
        return lists.Intern(ListEncoding.Encode(items));
    }
}

internal static class ListEncoding
{
    public static byte[] Encode(IEnumerable<byte[]> items)
    {
        var encoded = new ByteBuffer(64);
        foreach (var item in items)
        {
            encoded.Write(item.Length);
            encoded.Write(item);
        }
        return encoded.ToArray();
    }
}
