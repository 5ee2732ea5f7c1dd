using System.Globalization;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Queries;

/// <summary>Makes a <see cref="SpanCondition"/> a condition over the spans of a segment.</summary>
internal static class SpanPlan
{
    /// <summary>The columns the filter looks at.</summary>
    public static void Fields(SpanCondition? filter, ref FieldSet fields, int depth = 0)
    {
        if (filter is null) return;
        FilterTooDeepException.ThrowIfBeyond(depth);
        if (filter.Range is not null) fields.Add(NumberField.Start);
        if (filter.Kinds is { Count: > 0 }) fields.Add(ByteField.Kind);
        if (filter.Status is not null) fields.Add(ByteField.Status);
        foreach (var (field, condition) in Texts(filter))
        {
            if (condition is not null) fields.Add(field);
        }
        if (filter.Tags is { Count: > 0 }) fields.Add(CodeField.Tags);
        if (filter.DurationMs is not null) fields.Add(NumberField.Duration);
        if (filter.CostUsd is not null) fields.Add(NumberField.Cost);
        if (filter.TotalTokens is not null) fields.Add(NumberField.TotalTokens);
        if (filter.Search is { Length: > 0 }) fields.Add(CodeField.Name);
        if (filter.SpanIds is not null) fields.SpanIds = true;
        foreach (var part in filter.And ?? []) Fields(part, ref fields, depth + 1);
        foreach (var part in filter.Or ?? []) Fields(part, ref fields, depth + 1);
        Fields(filter.Not, ref fields, depth + 1);
    }

    public static async ValueTask<RowTest> BuildAsync(SpanCondition? filter, SegmentView view, CancellationToken cancellationToken)
    {
        var tests = new List<RowTest>();
        if (filter is not null) await AddAsync(filter, view, tests, cancellationToken).ConfigureAwait(false);
        return AllTest.Of(tests, view.Spans);
    }

    private static async ValueTask AddAsync(SpanCondition filter, SegmentView view, List<RowTest> tests, CancellationToken cancellationToken)
    {
        if (filter.Range is { } range) Add(tests, view.Column(NumberField.Start).Between(range.FromUnixNano, range.ToUnixNano - 1));
        if (filter.Kinds is { Count: > 0 } kinds) Add(tests, Bytes(view.Column(ByteField.Kind), kinds.Select(k => (byte)k)));
        if (filter.Status is { } status) Add(tests, Bytes(view.Column(ByteField.Status), [(byte)status]));
        foreach (var (field, condition) in Texts(filter))
        {
            if (TextPredicate.From(condition) is { } predicate) Add(tests, Text(view.Column(field), predicate));
        }
        if (filter.Tags is { Count: > 0 } tags) Add(tests, Tags(view.Column(CodeField.Tags), tags));
        Add(tests, view, NumberField.Duration, filter.DurationMs, 1e6);
        Add(tests, view, NumberField.Cost, filter.CostUsd, 1e12);
        Add(tests, view, NumberField.TotalTokens, filter.TotalTokens, 1);
        if (filter.TraceIds is { } ids) Add(tests, await OfTracesAsync(view, ids, cancellationToken).ConfigureAwait(false));
        if (filter.SpanIds is { } spans) Add(tests, Ids(view, spans));
        await AddPartsAsync(filter, view, tests, cancellationToken).ConfigureAwait(false);
        // Last, so that their candidates are few.
        if (filter.Search is { Length: > 0 } search) tests.Add(await SearchAsync(view, new Needle(search), cancellationToken).ConfigureAwait(false));
        foreach (var attribute in filter.Attributes ?? []) tests.Add(await AttributeAsync(view, attribute, tests, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask AddPartsAsync(SpanCondition filter, SegmentView view, List<RowTest> tests, CancellationToken cancellationToken)
    {
        foreach (var part in filter.And ?? []) tests.Add(await BuildAsync(part, view, cancellationToken).ConfigureAwait(false));
        if (filter.Or is { Count: > 0 } alternatives)
        {
            var any = new List<RowTest>();
            foreach (var part in alternatives) any.Add(await BuildAsync(part, view, cancellationToken).ConfigureAwait(false));
            tests.Add(AnyTest.Of(any, view.Spans));
        }
        if (filter.Not is { } not) tests.Add(NotTest.Of(await BuildAsync(not, view, cancellationToken).ConfigureAwait(false)));
    }

    internal static async ValueTask<RowTest> SearchAsync(SegmentView view, Needle needle, CancellationToken cancellationToken)
    {
        var candidates = await view.CandidatesAsync(needle, cancellationToken).ConfigureAwait(false);
        return new LazyTest(candidates, (row, ct) => view.HoldsAsync(row, needle, ct));
    }

    internal static Bitmap Text(CodeColumn column, TextPredicate predicate) => column.Where(column.Accepted(predicate));

    internal static Bitmap Tags(CodeColumn column, IReadOnlyList<string> wanted) => column.Where(ListPredicate.HoldsAll(column.Values, wanted));

    internal static Bitmap Bytes(ReadOnlySpan<byte> column, IEnumerable<byte> wanted)
    {
        var accepted = new bool[256];
        foreach (var value in wanted) accepted[value] = true;
        var rows = new Bitmap(column.Length);
        for (var i = 0; i < column.Length; i++)
        {
            if (accepted[column[i]]) rows.Set(i);
        }
        return rows;
    }

    internal static Bitmap Ids(SegmentView view, IReadOnlyCollection<SpanId> wanted)
    {
        var accepted = wanted as IReadOnlySet<SpanId> ?? wanted.ToHashSet();
        var rows = new Bitmap(view.Spans);
        var ids = view.SpanIds;
        for (var i = 0; i < ids.Length; i++)
        {
            if (accepted.Contains(ids[i])) rows.Set(i);
        }
        return rows;
    }

    /// <summary>The rows whose number, divided by <paramref name="unit"/>, lies within the bounds.</summary>
    internal static Bitmap Numbers(NumberColumn column, RangeCondition filter, double unit)
    {
        var rows = new Bitmap(column.Rows);
        var (from, to) = (filter.Gte ?? double.NegativeInfinity, filter.Lte ?? double.PositiveInfinity);
        for (var i = 0; i < column.Rows; i++)
        {
            var number = column[i];
            if (number == Columns.Fields.Absent) continue;
            var value = number / unit;
            if (value >= from && value <= to) rows.Set(i);
        }
        return rows;
    }

    private static void Add(List<RowTest> tests, Bitmap rows) => tests.Add(new ExactTest(rows));

    private static void Add(List<RowTest> tests, SegmentView view, NumberField field, RangeCondition? filter, double unit)
    {
        if (filter is { Gte: not null } or { Lte: not null }) Add(tests, Numbers(view.Column(field), filter, unit));
    }

    private static async ValueTask<RowTest> AttributeAsync(
        SegmentView view, AttributeCondition filter, List<RowTest> others, CancellationToken cancellationToken)
    {
        var predicate = new AttributePredicate(filter);
        var known = await view.AttributeAsync(predicate, cancellationToken).ConfigureAwait(false);
        if (known is { Unsure: null }) return new ExactTest(known.Value.Certain);
        var unsure = known?.Unsure ?? Bitmap.All(view.Spans);
        foreach (var test in others) unsure.And(test.Upper);
        var lazy = new LazyTest(unsure, async (row, ct) =>
        {
            var record = await view.RecordAsync(row, ct).ConfigureAwait(false);
            var span = new SpanReader(record.Span);
            return predicate.Accepts(span.Text(SpanText.Attributes), span.Text(SpanText.Resource));
        });
        return known is null ? lazy : AnyTest.Of([new ExactTest(known.Value.Certain), lazy], view.Spans);
    }

    private static async ValueTask<Bitmap> OfTracesAsync(SegmentView view, IReadOnlyCollection<TraceId> ids, CancellationToken cancellationToken)
    {
        var traces = new Bitmap(view.Traces);
        foreach (var id in ids)
        {
            var trace = await view.FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (trace >= 0) traces.Set(trace);
        }
        var rows = new Bitmap(view.Spans);
        var of = view.TraceOf;
        for (var i = 0; i < of.Length; i++)
        {
            if (traces[of[i]]) rows.Set(i);
        }
        return rows;
    }

    private static IEnumerable<(CodeField Field, TextCondition? Condition)> Texts(SpanCondition filter) =>
    [
        .. filter.Texts,
        (CodeField.Prompt, filter.PromptName is null ? null : new TextCondition { Eq = filter.PromptName }),
        (CodeField.PromptVersion, filter.PromptVersion is { } version ? new TextCondition { Eq = version.ToString(CultureInfo.InvariantCulture) } : null),
    ];
}
