using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Finds the rows of a page, segment by segment, looking at no more text than the page and the count need.</summary>
/// <param name="top">Collects the page.</param>
/// <param name="countTo">Counting stops above it; negative when no count is wanted.</param>
internal sealed class PageScan(TopRows top, int countTo)
{
    private long _count;

    /// <summary>How many rows passed, or null when not counted to the end.</summary>
    public int? Total => countTo < 0 || _count > countTo ? null : (int)_count;

    public bool Counts => countTo >= 0 && _count <= countTo;

    /// <summary>Takes in the rows of one segment.</summary>
    /// <param name="view">The segment.</param>
    /// <param name="scope">Rows the asker may know of; used up.</param>
    /// <param name="test">The condition.</param>
    /// <param name="sorted">Whether the rows stand in rising order of the value ordered by.</param>
    /// <param name="place">Where a row stands.</param>
    /// <param name="cancellationToken">Looked at between rows that need text.</param>
    public async ValueTask AddAsync(SegmentView view, Bitmap scope, RowTest test, bool sorted, Func<int, Cursor> place, CancellationToken cancellationToken)
    {
        var rows = scope.And(test.Upper);
        if (test.IsExact) AddExact(view, rows, sorted, place);
        else await AddLazyAsync(view, rows, test, place, cancellationToken).ConfigureAwait(false);
    }

    // Rows stand about in the order of time, so the page is full soon when they are taken in the order of the answer.
    private void AddExact(SegmentView view, Bitmap rows, bool sorted, Func<int, Cursor> place)
    {
        if (Counts) _count += rows.Count();
        if (top.Ascending)
        {
            foreach (var row in rows)
            {
                if (!TryAdd(view, row, place) && sorted) return;
            }
        }
        else
        {
            foreach (var row in rows.Falling())
            {
                if (!TryAdd(view, row, place) && sorted) return;
            }
        }
    }

    private bool TryAdd(SegmentView view, int row, Func<int, Cursor> place)
    {
        var at = place(row);
        if (!top.TakesValue(at.Value)) return false;
        top.Add(at, view, row);
        return true;
    }

    private async ValueTask AddLazyAsync(SegmentView view, Bitmap rows, RowTest test, Func<int, Cursor> place, CancellationToken cancellationToken)
    {
        foreach (var (at, row) in InOrder(rows, place))
        {
            var wanted = top.Takes(at);
            if (!wanted && !Counts)
            {
                if (top.IsFull && !top.TakesValue(at.Value)) return;
                continue;
            }
            cancellationToken.ThrowIfCancellationRequested();
            if (!await test.PassesAsync(row, cancellationToken).ConfigureAwait(false)) continue;
            _count++;
            if (wanted) top.Add(at, view, row);
        }
    }

    private (Cursor At, int Row)[] InOrder(Bitmap rows, Func<int, Cursor> place)
    {
        var ordered = new (Cursor At, int Row)[rows.Count()];
        var i = 0;
        foreach (var row in rows) ordered[i++] = (place(row), row);
        Array.Sort(ordered, (x, y) => top.Compare(x.At, y.At));
        return ordered;
    }
}
