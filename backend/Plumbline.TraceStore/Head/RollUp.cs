using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Head;

/// <summary>Computes the row of a trace from the rows of its spans. The result depends on the set of spans, not on the order they came in.</summary>
internal sealed class RollUp(SpanRows spans, TraceRows traces, SpanTable table, Utf8Interner models)
{
    private const byte Visited = 0x80;
    private readonly ListUnion _tags = new(spans.Dictionary(CodeField.Tags));
    private readonly ValueList _models = new(spans.Dictionary(CodeField.Model), models);
    private readonly List<int> _rows = [];

    /// <summary>Computes one trace anew.</summary>
    /// <param name="trace">The trace's row.</param>
    /// <param name="rows">Its live spans.</param>
    public void Compute(int trace, List<int> rows)
    {
        Order(rows);
        Bill(trace);
        var root = Root(trace);
        Times(trace);
        Sums(trace, root);
        Set(TraceNumber.RootSpan, trace, unchecked((long)spans.Ids[root].Value));
        Code(TraceCode.Name, trace, NameOf(root));
        Code(TraceCode.Environment, trace, First(CodeField.Environment, root));
        Code(TraceCode.User, trace, First(CodeField.User, root));
        Code(TraceCode.Session, trace, First(CodeField.Session, root));
        Code(TraceCode.Tags, trace, _tags.Of(_rows, spans.Codes(CodeField.Tags)));
        Code(TraceCode.Models, trace, _models.Of(_rows, spans.Codes(CodeField.Model)));
        traces.InputSpan[trace] = Preview(root, SpanText.Input, fromEnd: false);
        traces.OutputSpan[trace] = Preview(root, SpanText.Output, fromEnd: true);
    }

    // By start, unknown starts last, then by id.
    private void Order(List<int> rows)
    {
        _rows.Clear();
        _rows.AddRange(rows);
        if (_rows.Count < 2) return;
        var starts = spans.Numbers(NumberField.Start);
        var ids = spans.Ids;
        _rows.Sort((a, b) =>
        {
            var (x, y) = (starts[a], starts[b]);
            if (x == y) return ids[a].CompareTo(ids[b]);
            return x == 0 ? 1 : y == 0 ? -1 : x.CompareTo(y);
        });
    }

    // Parents repeat the usage of their children, so a span counts when nothing below it has usage.
    private void Bill(int trace)
    {
        var flags = spans.Bytes(ByteField.Flags);
        foreach (var row in _rows) flags[row] = HasUsage(row) ? (byte)SpanFlags.Billed : (byte)0;
        foreach (var row in _rows)
        {
            if (!HasUsage(row)) continue;
            for (var above = Parent(trace, row); above >= 0 && (flags[above] & Visited) == 0; above = Parent(trace, above)) flags[above] = Visited;
        }
        foreach (var row in _rows) flags[row] &= (byte)SpanFlags.Billed;
    }

    private bool HasUsage(int row) =>
        spans.Numbers(NumberField.TotalTokens)[row] != Fields.Absent || spans.Numbers(NumberField.Cost)[row] != Fields.Absent;

    private int Parent(int trace, int row) => spans.Parents[row].IsEmpty ? -1 : table.Find(trace, spans.Parents[row]);

    private int Root(int trace)
    {
        var orphan = -1;
        foreach (var row in _rows)
        {
            if (spans.Parents[row].IsEmpty) return row;
            if (orphan < 0 && Parent(trace, row) < 0) orphan = row;
        }
        return orphan >= 0 ? orphan : _rows[0];
    }

    private void Times(int trace)
    {
        var starts = spans.Numbers(NumberField.Start);
        var durations = spans.Numbers(NumberField.Duration);
        var start = starts[_rows[0]];
        var end = start;
        foreach (var row in _rows) end = Math.Max(end, starts[row] + (durations[row] == Fields.Absent ? 0 : durations[row]));
        Set(TraceNumber.Start, trace, start);
        Set(TraceNumber.Duration, trace, start == 0 ? 0 : end - start);
    }

    private void Sums(int trace, int root)
    {
        var flags = spans.Bytes(ByteField.Flags);
        var statuses = spans.Bytes(ByteField.Status);
        var costs = spans.Numbers(NumberField.Cost);
        long errors = 0, unpriced = 0, cost = Fields.Absent;
        foreach (var row in _rows)
        {
            if (statuses[row] == (byte)StoredStatus.Error) errors++;
            if (flags[row] == 0) continue;
            if (costs[row] == Fields.Absent) unpriced++;
            else cost = cost == Fields.Absent ? costs[row] : cost + costs[row];
        }
        Set(TraceNumber.Spans, trace, _rows.Count);
        Set(TraceNumber.Errors, trace, errors);
        Set(TraceNumber.Status, trace, errors > 0 ? (long)StoredStatus.Error : statuses[root]);
        Set(TraceNumber.Unpriced, trace, unpriced);
        Set(TraceNumber.Cost, trace, cost);
        Set(TraceNumber.InputTokens, trace, Sum(NumberField.InputTokens, flags, 0));
        Set(TraceNumber.OutputTokens, trace, Sum(NumberField.OutputTokens, flags, 0));
        Set(TraceNumber.TotalTokens, trace, Sum(NumberField.TotalTokens, flags, 0));
        Set(TraceNumber.CachedTokens, trace, Sum(NumberField.CachedTokens, flags, Fields.Absent));
        Set(TraceNumber.ReasoningTokens, trace, Sum(NumberField.ReasoningTokens, flags, Fields.Absent));
    }

    private long Sum(NumberField field, byte[] flags, long none)
    {
        var numbers = spans.Numbers(field);
        var sum = none;
        foreach (var row in _rows)
        {
            if (flags[row] == 0 || numbers[row] == Fields.Absent) continue;
            sum = sum == Fields.Absent ? numbers[row] : sum + numbers[row];
        }
        return sum;
    }

    private int NameOf(int root)
    {
        foreach (var row in _rows)
        {
            var reader = new SpanReader(spans.Records[row].Span);
            if (reader.Has(SpanText.TraceName)) return spans.Dictionary(CodeField.Name).Intern(reader.Text(SpanText.TraceName));
        }
        return spans.Codes(CodeField.Name)[root];
    }

    private int First(CodeField field, int root)
    {
        var codes = spans.Codes(field);
        if (codes[root] != 0) return codes[root];
        foreach (var row in _rows)
        {
            if (codes[row] != 0) return codes[row];
        }
        return 0;
    }

    private int Preview(int root, SpanText field, bool fromEnd)
    {
        if (Has(root, field)) return root;
        for (var i = 0; i < _rows.Count; i++)
        {
            var row = _rows[fromEnd ? _rows.Count - 1 - i : i];
            if (Has(row, field)) return row;
        }
        return -1;
    }

    private bool Has(int row, SpanText field) => !new SpanReader(spans.Records[row].Span).Text(field).IsEmpty;

    private void Set(TraceNumber field, int trace, long value) => traces.Numbers(field)[trace] = value;

    private void Code(TraceCode field, int trace, int code) => traces.Codes(field)[trace] = code;
}
