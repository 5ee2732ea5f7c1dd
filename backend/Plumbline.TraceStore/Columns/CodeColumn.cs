using System.Numerics;
using System.Runtime.InteropServices;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Columns;

/// <summary>A code a row, with the dictionary. Narrow where the dictionary allows it.</summary>
internal sealed class CodeColumn
{
    private readonly int[]? _wide;
    private readonly ushort[]? _narrow;

    public CodeColumn(int[] codes, int rows, Utf8Dictionary values) => (_wide, Rows, Values) = (codes, rows, values);

    public CodeColumn(ushort[] codes, int rows, Utf8Dictionary values) => (_narrow, Rows, Values) = (codes, rows, values);

    public int Rows { get; }

    public Utf8Dictionary Values { get; }

    public int this[int row] => _narrow is { } narrow ? narrow[row] : _wide![row];

    /// <summary>The rows whose code is accepted.</summary>
    public Bitmap Where(bool[] accepted)
    {
        var rows = new Bitmap(Rows);
        var single = Single(accepted);
        if (single == -2) return rows;
        if (single >= 0 && _narrow is not null) Equal(_narrow.AsSpan(0, Rows), (ushort)single, rows.Words);
        else if (single >= 0) Equal<int>(_wide.AsSpan(0, Rows), single, rows.Words);
        else if (_narrow is not null) Any<ushort>(_narrow.AsSpan(0, Rows), accepted, rows.Words);
        else Any<int>(_wide.AsSpan(0, Rows), accepted, rows.Words);
        return rows;
    }

    /// <summary>Which codes a predicate accepts.</summary>
    public bool[] Accepted(TextPredicate predicate) => Accepted(Values, predicate);

    public static bool[] Accepted(Utf8Dictionary values, TextPredicate predicate)
    {
        var accepted = new bool[values.Count];
        accepted[0] = predicate.AcceptsAbsent;
        if (predicate.Single is { } single)
        {
            var code = values.Find(single);
            if (code > 0) accepted[code] = true;
            return accepted;
        }
        for (var code = 1; code < accepted.Length; code++) accepted[code] = predicate.Accepts(values[code]);
        return accepted;
    }

    // The one accepted code, -1 for several, -2 for none.
    private static int Single(bool[] accepted)
    {
        var first = accepted.AsSpan().IndexOf(true);
        if (first < 0) return -2;
        return accepted.AsSpan(first + 1).Contains(true) ? -1 : first;
    }

    private static void Equal<T>(ReadOnlySpan<T> codes, T wanted, Span<ulong> words) where T : unmanaged, INumber<T>
    {
        var target = new Vector<T>(wanted);
        for (var w = 0; w < words.Length; w++)
        {
            var chunk = codes.Slice(w * 64, Math.Min(64, codes.Length - (w * 64)));
            // Most words hold no hit: find that out by vectors before looking at single rows.
            var vectors = MemoryMarshal.Cast<T, Vector<T>>(chunk);
            var any = vectors.Length * Vector<T>.Count < chunk.Length;
            foreach (var vector in vectors) any |= Vector.EqualsAny(vector, target);
            if (!any) continue;
            var word = 0ul;
            for (var i = 0; i < chunk.Length; i++) word |= (chunk[i] == wanted ? 1ul : 0) << i;
            words[w] = word;
        }
    }

    private static void Any<T>(ReadOnlySpan<T> codes, bool[] accepted, Span<ulong> words) where T : unmanaged, INumber<T>
    {
        for (var w = 0; w < words.Length; w++)
        {
            var chunk = codes.Slice(w * 64, Math.Min(64, codes.Length - (w * 64)));
            var word = 0ul;
            for (var i = 0; i < chunk.Length; i++) word |= (accepted[int.CreateTruncating(chunk[i])] ? 1ul : 0) << i;
            words[w] = word;
        }
    }
}
