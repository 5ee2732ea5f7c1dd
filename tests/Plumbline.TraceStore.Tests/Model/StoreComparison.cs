using System.Text.Json;

namespace Plumbline.TraceStore.Tests.Model;

/// <summary>Asks the store and the naive model the same questions.</summary>
internal static class StoreComparison
{
    public static string Json<T>(T value) => JsonSerializer.Serialize(value);

    public static async Task SameTracesAsync(SpanStore store, NaiveStore model, TraceQuery query)
    {
        var expected = model.Query(query);
        var found = new List<TraceSummary>();
        string? after = null;
        do
        {
            var page = await store.QueryTracesAsync(query with { After = after });
            found.AddRange(page.Traces.Select(t => t.Trace));
            if (query.WantTotalCount) Assert.Equal(expected.Length, page.TotalCount);
            after = page.HasNextPage ? page.Traces[^1].Cursor : null;
            Assert.True(found.Count <= expected.Length, $"too many rows for {Json(query)}");
        }
        while (after is not null);
        Assert.True(expected.Select(Json).SequenceEqual(found.Select(Json)), $"{Json(query)}\nexpected {Json(expected)}\nfound    {Json(found)}");
    }

    public static async Task SameSpansAsync(SpanStore store, NaiveStore model, SpanQuery query)
    {
        var expected = model.Query(query);
        var found = new List<SpanRecord>();
        string? after = null;
        do
        {
            var page = await store.QuerySpansAsync(query with { After = after });
            found.AddRange(page.Spans.Select(t => t.Span));
            if (query.WantTotalCount) Assert.Equal(expected.Length, page.TotalCount);
            after = page.HasNextPage ? page.Spans[^1].Cursor : null;
            Assert.True(found.Count <= expected.Length, $"too many rows for {Json(query)}");
        }
        while (after is not null);
        Assert.True(expected.Select(Json).SequenceEqual(found.Select(Json)), $"{Json(query)}\nexpected {Json(expected)}\nfound    {Json(found)}");
    }

    public static async Task SameTraceAsync(SpanStore store, NaiveStore model, TraceId id)
    {
        var expected = model.Traces.FirstOrDefault(t => t.Summary.TraceId == id);
        var found = await store.GetTraceAsync(id);
        Assert.Equal(Json(expected?.Summary), Json(found?.Summary));
        Assert.Equal(Json(expected?.Spans.OrderBy(s => s.StartUnixNano).ThenBy(s => s.SpanId)), Json(found?.Spans));
    }

    public static async Task SameSessionsAsync(SpanStore store, NaiveStore model, SessionQuery query)
    {
        var traces = model.Query(new TraceQuery { Where = query.Where, Hidden = query.Hidden }).Where(t => t.SessionId is not null);
        var expected = traces.GroupBy(t => t.SessionId!).Select(g => (Id: g.Key, Last: g.Max(t => t.StartUnixNano), Traces: g.ToArray()))
            .OrderByDescending(s => s.Last).ThenBy(s => s.Id, StringComparer.Ordinal).Select(s => new SessionSummary(
                s.Id, s.Traces.Where(t => t.UserId is not null).GroupBy(t => t.StartUnixNano).OrderByDescending(g => g.Key)
                    .FirstOrDefault()?.Select(t => t.UserId).Order(StringComparer.Ordinal).Last(),
                s.Traces.Min(t => t.StartUnixNano), s.Last, s.Traces.Length, s.Traces.Select(t => t.Tokens)
                    .Aggregate(Sum), s.Traces.Any(t => t.Cost is not null)
                    ? s.Traces.Sum(t => t.Cost ?? 0)
                    : null)).ToArray();
        var found = new List<SessionSummary>();
        string? after = null;
        do
        {
            var page = await store.SessionsAsync(query with { After = after });
            found.AddRange(page.Sessions.Select(s => s.Session));
            after = page.HasNextPage ? page.Sessions[^1].Cursor : null;
        }
        while (after is not null);
        Assert.Equal(expected.Select(Json), found.Select(Json));
    }

    private static TokenSums Sum(TokenSums a, TokenSums b) => new(a.Input + b.Input, a.Output + b.Output, a.Total + b.Total,
        a.CachedInput is null ? b.CachedInput : a.CachedInput + (b.CachedInput ?? 0), a.Reasoning is null ? b.Reasoning : a.Reasoning + (b.Reasoning ?? 0));

    public static async Task SameFacetsAsync(SpanStore store, NaiveStore model, FacetQuery query)
    {
        var values = model.Spans.Where(s => query.Range.FromUnixNano <= s.StartUnixNano && s.StartUnixNano < query.Range.ToUnixNano
            && query.Hidden?.Contains(s.TraceId) != true)
            .SelectMany(s => Values(query.Field, s)).Where(v => v.Length > 0
                && (query.Prefix is null || NaiveFilter.Fold(v).StartsWith(NaiveFilter.Fold(query.Prefix), StringComparison.Ordinal)));
        var expected = values.GroupBy(v => v).Select(g => new FacetCount(g.Key, g.Count())).OrderByDescending(c => c.Count)
            .ThenBy(c => c.Value, StringComparer.Ordinal).Take(query.First);
        Assert.Equal(expected, await store.FacetsAsync(query));
    }

    public static async Task SameStatsAsync(SpanStore store, NaiveStore model, StatsQuery query)
    {
        var billed = model.Traces.SelectMany(t => t.Billed).ToHashSet();
        var spans = model.Spans.Where(s => query.Range.FromUnixNano <= s.StartUnixNano && s.StartUnixNano < query.Range.ToUnixNano
            && query.Hidden?.Contains(s.TraceId) != true && NaiveFilter.Passes(query.Where, s));
        var expected = spans.GroupBy(s => (Bucket(query, s), Json(query.GroupBy.Select(g => Values(g, s).DefaultIfEmpty("").First()))))
            .OrderBy(g => g.Key.Item1).Select(g => (g.Key.Item1, g.Key.Item2, Row: Row([.. g], billed))).ToArray();
        var found = await store.StatsAsync(query);
        Assert.Equal(
            expected.Select(e => $"{e.Item1} {e.Item2} {e.Row}").Order(),
            found.Select(r => $"{r.BucketStartUnixNano} {Json(r.Group)} {Text(r)}").Order());
        Assert.Equal(found.OrderBy(r => r.BucketStartUnixNano).ThenBy(r => string.Join('\0', r.Group), StringComparer.Ordinal), found);
        foreach (var row in found)
            SamePercentiles(
                row,
                [.. spans.Where(s => Bucket(query, s) == row.BucketStartUnixNano
                    && query.GroupBy.Select(g => Values(g, s).DefaultIfEmpty("").First()).SequenceEqual(row.Group))]);
    }

    public static IEnumerable<string> Values(GroupField field, SpanRecord s) => field switch
    {
        GroupField.Tag => s.Tags,
        GroupField.Kind => [s.Kind.ToString().ToUpperInvariant()],
        GroupField.Status => [s.Status.ToString().ToUpperInvariant()],
        GroupField.PromptVersion => s.PromptName is null || s.PromptVersion is null ? [] : [$"{s.PromptName}@{s.PromptVersion}"],
        _ => Text(field, s) is { } text ? [text] : [],
    };

    // Called alike but for the ending: User and UserId, Service and ServiceName.
    private static string? Text(GroupField field, SpanRecord s) =>
        (string?)new[] { "", "Id", "Name" }.Select(ending => typeof(SpanRecord).GetProperty(field + ending))
            .First(p => p?.PropertyType == typeof(string))!.GetValue(s);

    private static void SamePercentiles(StatsRow row, SpanRecord[] spans)
    {
        var durations = spans.Where(s => s.StartUnixNano != 0 && s.EndUnixNano != 0).Select(s => s.DurationNano).Order().ToArray();
        Assert.Equal(durations.Length, row.Duration.Count);
        foreach (var q in new[] { 0.5, 0.9, 0.95, 0.99 })
        {
            if (durations.Length == 0) Assert.Null(row.Duration.Quantile(q));
            else Assert.InRange(
                row.Duration.Quantile(q)!.Value, durations[(int)(q * (durations.Length - 1))] * 0.99,
                durations[(int)(q * (durations.Length - 1))] * 1.01);
        }
        Assert.Equal(durations.LastOrDefault(), row.Duration.Max);
        Assert.Equal(spans.Count(s => s.TimeToFirstTokenNano is not null), row.TimeToFirstToken.Count);
    }

    private static long? Bucket(StatsQuery query, SpanRecord s) =>
        query.BucketNano is { } b ? ((long)Math.Floor((decimal)(s.StartUnixNano - query.BucketOffsetNano) / b) * b) + query.BucketOffsetNano : null;

    private static string Row(SpanRecord[] spans, HashSet<SpanRecord> billed)
    {
        var paid = spans.Where(billed.Contains).ToArray();
        return Text(new StatsRow
        {
            Spans = spans.Length,
            Traces = spans.Select(s => s.TraceId).Distinct().Count(),
            Errors = spans.Count(s => s.Status == StoredStatus.Error),
            Tokens = NaiveTrace.Sum(paid),
            Cost = paid.Any(s => s.Cost is not null) ? paid.Sum(s => s.Cost ?? 0) : null,
            UnpricedSpans = paid.Count(s => s.Cost is null),
        });
    }

    private static string Text(StatsRow row) => $"{row.Spans} {row.Traces} {row.Errors} {row.Tokens} {row.Cost} {row.UnpricedSpans}";
}
