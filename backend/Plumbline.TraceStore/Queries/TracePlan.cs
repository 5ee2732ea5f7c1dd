using System.Globalization;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Queries;

/// <summary>Makes a <see cref="TraceCondition"/> a condition over the traces of a segment. Conditions on models, tools and the like hold when one span
/// meets them.</summary>
internal static class TracePlan
{
    /// <summary>The columns the filter looks at.</summary>
    public static void Fields(TraceCondition? filter, ref FieldSet fields, int depth = 0)
    {
        fields.TraceRows = true;
        if (filter is null) return;
        FilterTooDeepException.ThrowIfBeyond(depth);
        if (filter.Kinds is { Count: > 0 }) fields.Add(ByteField.Kind);
        foreach (var (field, condition) in filter.SpanTexts)
        {
            if (condition is not null) fields.Add(field);
        }
        if (filter.PromptName is not null) fields.Add(CodeField.Prompt);
        if (filter.PromptVersion is not null) fields.Add(CodeField.PromptVersion);
        if (filter.Search is { Length: > 0 }) fields.Add(CodeField.Name);
        if (filter.SpanIds is not null) fields.SpanIds = true;
        foreach (var part in filter.And ?? []) Fields(part, ref fields, depth + 1);
        foreach (var part in filter.Or ?? []) Fields(part, ref fields, depth + 1);
        Fields(filter.Not, ref fields, depth + 1);
    }

    public static async ValueTask<RowTest> BuildAsync(TraceCondition? filter, SegmentView view, CancellationToken cancellationToken)
    {
        var tests = new List<RowTest>();
        if (filter is not null)
        {
            AddTraceColumns(filter, view, tests);
            AddSpanColumns(filter, view, tests);
            if (filter.TraceIds is { } ids) tests.Add(new ExactTest(await FindAsync(view, ids, cancellationToken).ConfigureAwait(false)));
            await AddPartsAsync(filter, view, tests, cancellationToken).ConfigureAwait(false);
            if (filter.Search is { Length: > 0 } search) tests.Add(await SearchAsync(view, new Needle(search), cancellationToken).ConfigureAwait(false));
        }
        return AllTest.Of(tests, view.Traces);
    }

    private static void AddTraceColumns(TraceCondition filter, SegmentView view, List<RowTest> tests)
    {
        if (filter.Range is { } range) Add(tests, view.Column(TraceNumber.Start).Between(range.FromUnixNano, range.ToUnixNano - 1));
        if (filter.Status is { } status) Add(tests, view.Column(TraceNumber.Status).Between((long)status, (long)status));
        foreach (var (field, condition) in filter.TraceTexts)
        {
            if (TextPredicate.From(condition) is { } predicate) Add(tests, SpanPlan.Text(view.Column(field), predicate));
        }
        if (filter.Tags is { Count: > 0 } tags) Add(tests, SpanPlan.Tags(view.Column(TraceCode.Tags), tags));
        Number(TraceNumber.Duration, filter.DurationMs, 1e6);
        Number(TraceNumber.Cost, filter.CostUsd, 1e12);
        Number(TraceNumber.TotalTokens, filter.TotalTokens, 1);

        void Number(TraceNumber field, RangeCondition? condition, double unit)
        {
            if (condition is { Gte: not null } or { Lte: not null }) Add(tests, SpanPlan.Numbers(view.Column(field), condition, unit));
        }
    }

    private static void AddSpanColumns(TraceCondition filter, SegmentView view, List<RowTest> tests)
    {
        if (filter.Kinds is { Count: > 0 } kinds) Add(tests, TracesOf(view, SpanPlan.Bytes(view.Column(ByteField.Kind), kinds.Select(k => (byte)k))));
        foreach (var (field, condition) in filter.SpanTexts)
        {
            if (TextPredicate.Positive(condition) is { } positive) Add(tests, TracesOf(view, SpanPlan.Text(view.Column(field), positive)));
            if (TextPredicate.Refused(condition) is { } refused) Add(tests, TracesOf(view, SpanPlan.Text(view.Column(field), refused)).Not());
        }
        if (filter.SpanIds is { } ids) Add(tests, TracesOf(view, SpanPlan.Ids(view, ids)));
        if (Prompt(filter, view) is { } prompt) Add(tests, TracesOf(view, prompt));
    }

    private static Bitmap? Prompt(TraceCondition filter, SegmentView view)
    {
        var byName = filter.PromptName is { } name ? SpanPlan.Text(view.Column(CodeField.Prompt), Equal(name)) : null;
        if (filter.PromptVersion is not { } version) return byName;
        var byVersion = SpanPlan.Text(view.Column(CodeField.PromptVersion), Equal(version.ToString(CultureInfo.InvariantCulture)));
        return byName is null ? byVersion : byVersion.And(byName);
    }

    private static TextPredicate Equal(string text) => TextPredicate.From(new TextCondition { Eq = text })!;

    private static async ValueTask AddPartsAsync(TraceCondition filter, SegmentView view, List<RowTest> tests, CancellationToken cancellationToken)
    {
        foreach (var part in filter.And ?? []) tests.Add(await BuildAsync(part, view, cancellationToken).ConfigureAwait(false));
        if (filter.Or is { Count: > 0 } alternatives)
        {
            var any = new List<RowTest>();
            foreach (var part in alternatives) any.Add(await BuildAsync(part, view, cancellationToken).ConfigureAwait(false));
            tests.Add(AnyTest.Of(any, view.Traces));
        }
        if (filter.Not is { } not) tests.Add(NotTest.Of(await BuildAsync(not, view, cancellationToken).ConfigureAwait(false)));
    }

    private static async ValueTask<RowTest> SearchAsync(SegmentView view, Needle needle, CancellationToken cancellationToken)
    {
        var spans = (await view.CandidatesAsync(needle, cancellationToken).ConfigureAwait(false)).And(view.LiveSpans);
        var rows = new List<int>();
        return new LazyTest(TracesOf(view, spans), async (trace, ct) =>
        {
            rows.Clear();
            view.SpansOf(trace, rows);
            foreach (var span in rows)
            {
                if (spans[span] && await view.HoldsAsync(span, needle, ct).ConfigureAwait(false)) return true;
            }
            return false;
        });
    }

    internal static async ValueTask<Bitmap> FindAsync(SegmentView view, IReadOnlyCollection<TraceId> ids, CancellationToken cancellationToken)
    {
        var traces = new Bitmap(view.Traces);
        foreach (var id in ids)
        {
            var trace = await view.FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (trace >= 0) traces.Set(trace);
        }
        return traces;
    }

    // Superseded copies of a span do not speak for its trace.
    private static Bitmap TracesOf(SegmentView view, Bitmap spans)
    {
        var traces = new Bitmap(view.Traces);
        var of = view.TraceOf;
        foreach (var span in spans.And(view.LiveSpans)) traces.Set(of[span]);
        return traces;
    }

    private static void Add(List<RowTest> tests, Bitmap rows) => tests.Add(new ExactTest(rows));
}
