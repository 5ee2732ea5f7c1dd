using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Keeps the first rows of an order out of many.</summary>
/// <param name="limit">How many.</param>
/// <param name="ascending">The order.</param>
/// <param name="after">Rows up to and with this one are passed over.</param>
internal sealed class TopRows(int limit, bool ascending, Cursor? after)
{
    private readonly List<(Cursor At, SegmentView View, int Row)> _rows = new(Math.Min(limit, 1024) + 1);

    public IReadOnlyList<(Cursor At, SegmentView View, int Row)> Rows => _rows;

    public bool Ascending => ascending;

    public bool IsFull => _rows.Count >= limit;

    /// <summary>Whether a row at this place would be kept.</summary>
    public bool Takes(Cursor at) => (after is not { } a || Compare(at, a) > 0) && (!IsFull || Compare(at, _rows[^1].At) < 0);

    /// <summary>Whether any row with this value or one later in the order can be kept.</summary>
    public bool TakesValue(long value) => !IsFull || (ascending ? value <= _rows[^1].At.Value : value >= _rows[^1].At.Value);

    public int Compare(Cursor x, Cursor y) => ascending ? x.CompareTo(y) : y.CompareTo(x);

    public void Add(Cursor at, SegmentView view, int row)
    {
        if (!Takes(at)) return;
        var (low, high) = (0, _rows.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (Compare(_rows[middle].At, at) < 0) low = middle + 1;
            else high = middle;
        }
        if (IsFull) _rows.RemoveAt(_rows.Count - 1);
        _rows.Insert(low, (at, view, row));
    }
}
