using System.Globalization;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Store;

/// <summary>What the product asks of a store, with values that are others every time.</summary>
/// <param name="range">What is in the store.</param>
/// <param name="ids">Traces all over the range.</param>
internal sealed class Questions(NanoRange range, IReadOnlyList<TraceId> ids)
{
    private readonly Vocabulary _words = new(7);

    public IEnumerable<Question> All() => [.. Lists(), .. Statistics(), .. Searches(), .. Values()];

    private IEnumerable<Question> Lists() =>
    [
        new("newest 50 traces", "", 100, async (s, i) => (await s.QueryTracesAsync(new TraceQuery { Hidden = Hidden(i, 1) })).Traces.Count),
        new("newest 50 traces with a model", "p50 2, p95 5", 100, async (s, i) => (await s.QueryTracesAsync(Traces(Model(i)))).Traces.Count),
        new("the same with a total count", "", 50, async (s, i) => (await s.QueryTracesAsync(Traces(Model(i)) with { WantTotalCount = true })).TotalCount),
        new(
            "newest 50 spans with a model", "p50 2, p95 5", 100,
            async (s, i) => (await s.QuerySpansAsync(new SpanQuery { Where = new SpanCondition { Model = Eq(SpanGenerator.Models[i % 7]) } })).Spans.Count),
        new(
            "newest 50 traces of a user", "", 100,
            async (s, i) => (await s.QueryTracesAsync(Traces(new TraceCondition { UserId = Eq(User(i)) }))).Traces.Count),
        new("50 dearest traces", "", 30, async (s, i) => (await s.QueryTracesAsync(Traces(Model(i)) with { OrderBy = TraceSort.Cost })).Traces.Count),
        new(
            "newest 50 spans with an attribute", "", 30,
            async (s, i) => (await s.QuerySpansAsync(new SpanQuery { Where = Attribute("app.retries", Number(i % 3)) })).Spans.Count),
        new("trace by id", "p50 1, cold p95 10", 300, async (s, i) => (await s.GetTraceAsync(ids[i * 7 % ids.Count]))?.Spans.Count),
        new("newest 50 sessions", "", 30, async (s, i) => (await s.SessionsAsync(new SessionQuery { Hidden = Hidden(i, 1) })).Sessions.Count),
        new("newest 50 sessions of a model", "", 30, async (s, i) => (await s.SessionsAsync(new SessionQuery { Where = Model(i) })).Sessions.Count),
    ];

    private IEnumerable<Question> Statistics() =>
    [
        Stats("hour x model over 30 days", "p50 10, p95 30", i => Hourly),
        Stats(
            "the same of an environment and new names", "p50 10, p95 30",
            i => Hourly with { Where = new SpanCondition { Environment = Eq("production"), Name = Other(i) } }),
        Stats("the same without a trace", "p50 40", i => Hourly with { Hidden = Hidden(i, 1) }),
        Stats("the same without 20 traces", "p50 40", i => Hourly with { Hidden = Hidden(i, 20) }),
        Stats("the same without 500 traces", "p50 40", i => Hourly with { Hidden = Hidden(i, 500) }),
        Stats(
            "the same of new names without 100 traces", "p50 40",
            i => Hourly with { Where = new SpanCondition { Name = Other(i) }, Hidden = Hidden(i, 100) }),
        Stats("the same for a user", "p50 40", i => Hourly with { Where = new SpanCondition { UserId = Eq(User(i)) } }),
        Stats(
            "the same for a tag and new names", "p50 40",
            i => Hourly with { Where = new SpanCondition { Tags = [i % 2 == 0 ? "beta" : "checkout"], Name = Other(i) } }),
        Stats(
            "the same for an attribute and new names", "p50 40",
            i => Hourly with { Where = Attribute("app.retries", Number(i % 3)) with { Name = Other(i) } }),
        Stats(
            "the same for an attribute of half the spans", "p50 40",
            i => Hourly with { Where = Attribute("gen_ai.operation.name", "chat") with { Name = Other(i) } }),
        Stats("the same for a value of many of an attribute", "p50 40", i => Hourly with { Where = Attribute("session.id", $"session-{i * 37:x8}") }),
        Stats(
            "the same for durations above a second", "p50 40",
            i => Hourly with { Where = new SpanCondition { DurationMs = new RangeCondition { Gte = 1000 + i } } }),
        Stats("the same for a tag without 100 traces", "p50 40", i => Hourly with { Where = new SpanCondition { Tags = ["beta"] }, Hidden = Hidden(i, 100) }),
        Stats(
            "the same by a scan of all (yardstick)", "",
            i => Hourly with { Where = new SpanCondition { Not = new SpanCondition { TraceIds = [] }, Name = Other(i) } }),
        Stats(
            "day x name x environment", "",
            i => Hourly with { BucketNano = 86_400_000_000_000, GroupBy = [GroupField.Name, GroupField.Environment], Hidden = Hidden(i, 5) }),
    ];

    private IEnumerable<Question> Searches() =>
    [
        new("search, rare word, newest 50", "p50 20, p95 60", 50, async (s, i) => await SearchAsync(s, _words[15_000 + (i * 50 % 4_000)])),
        new("search, common word, newest 50", "p50 10, p95 60", 50, async (s, i) => await SearchAsync(s, _words[30 + (i % 70)])),
        new("search, part of a word, newest 50", "", 50, async (s, i) => await SearchAsync(s, _words[9_000 + (i % 1_000)][1..])),
    ];

    private IEnumerable<Question> Values() =>
    [
        new("facet of models", "", 30, async (s, i) => (await s.FacetsAsync(Facet(GroupField.Model, i))).Count),
        new(
            "facet of users by prefix", "", 30,
            async (s, i) => (await s.FacetsAsync(Facet(GroupField.User, i) with { Prefix = "user-0" + Number(i % 100) })).Count),
        new(
            "facet of sessions by prefix", "", 10,
            async (s, i) => (await s.FacetsAsync(Facet(GroupField.Session, i) with { Prefix = "session-0000" + Number(i % 100) })).Count),
        new("facet of tags", "", 30, async (s, i) => (await s.FacetsAsync(Facet(GroupField.Tag, i))).Count),
    ];

    private static Question Stats(string name, string bar, Func<int, StatsQuery> query) =>
        new(name, bar, 25, async (s, i) => (await s.StatsAsync(query(i))).Count);

    private StatsQuery Hourly => new() { Range = range, BucketNano = 3_600_000_000_000, GroupBy = [GroupField.Model] };

    private FacetQuery Facet(GroupField field, int i) => new() { Field = field, Range = range, Hidden = Hidden(i, 1) };

    private HashSet<TraceId> Hidden(int i, int count) => [.. Enumerable.Range(0, count).Select(n => ids[((i * 31) + n) % ids.Count])];

    private static async Task<object?> SearchAsync(SpanStore store, string text) =>
        (await store.QueryTracesAsync(Traces(new TraceCondition { Search = text }))).Traces.Count;

    private static TraceQuery Traces(TraceCondition where) => new() { Where = where };

    private static TraceCondition Model(int i) => new() { Model = Eq(SpanGenerator.Models[i % 7]) };

    private static SpanCondition Attribute(string key, string value) => new() { Attributes = [new AttributeCondition { Key = key, Eq = value }] };

    private static string User(int i) => $"user-{i * 37 % 5000:d5}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static TextCondition Eq(string value) => new() { Eq = value };

    // Every span passes, but no question was asked like it before.
    private static TextCondition Other(int i) => new() { NotIn = ["none-" + Number(i)] };
}
