using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>The spans that count of those cells of a block's sums that the sums do not answer for.</summary>
internal readonly struct CellRows
{
    private readonly BlockView _view;
    private readonly bool[] _cells;
    private readonly int[] _ends;
    private readonly int[] _rows;

    /// <summary>Gathers them.</summary>
    /// <param name="view">The block, with its columns loaded.</param>
    /// <param name="cellOf">The cell of each span.</param>
    /// <param name="cells">Cells that the range cuts through; those with uncounted traces are added.</param>
    /// <param name="uncounted">Traces whose spans do not count.</param>
    /// <param name="range">Where spans that count start.</param>
    public CellRows(BlockView view, int[] cellOf, bool[] cells, bool[]? uncounted, NanoRange range)
    {
        (_view, _cells) = (view, cells);
        if (uncounted is not null) view.MarkCells(uncounted, cellOf, cells);
        // By counting: first how many each cell has, then where each stands.
        _ends = new int[cells.Length + 1];
        var starts = view.Column(NumberField.Start);
        var traces = view.TraceOf;
        var kept = new List<int>();
        for (var row = 0; row < cellOf.Length; row++)
        {
            if (!cells[cellOf[row]] || (uncounted is not null && uncounted[traces[row]]) || !range.Contains(starts[row])) continue;
            kept.Add(row);
            _ends[cellOf[row] + 1]++;
        }
        for (var cell = 0; cell < cells.Length; cell++) _ends[cell + 1] += _ends[cell];
        _rows = new int[kept.Count];
        for (var i = kept.Count - 1; i >= 0; i--) _rows[--_ends[cellOf[kept[i]] + 1]] = kept[i];
    }

    /// <summary>Whether there is any such cell.</summary>
    public bool Any => _cells is not null;

    /// <summary>Whether a cell is one of them.</summary>
    public bool Holds(int cell) => _cells[cell];

    /// <summary>Adds the spans of a cell to an answer.</summary>
    public void Add(int cell, StatsCell into, StatsColumns columns, ref TraceMarks traces)
    {
        var to = cell + 2 < _ends.Length ? _ends[cell + 2] : _rows.Length;
        for (var i = _ends[cell + 1]; i < to; i++)
        {
            into.AddSpan(_rows[i], columns);
            traces.Mark(_view.TraceOf[_rows[i]]);
        }
    }
}
