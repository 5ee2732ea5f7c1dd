using Plumbline.ObjectStore;

namespace Plumbline.TraceStore;

/// <summary>Has the code compiled that a store's first spans and questions need, by writing a few spans to a store in memory and asking it everything
/// once.</summary>
/// <remarks>The first answers of a process would wait for that otherwise, 40 ms each and more.</remarks>
public static class StoreWarmUp
{
    private const string Prefix = "warm-up";
    private const int Traces = 20;
    private const long Start = 1_700_000_000_000_000_000;
    private const long Hour = 3_600_000_000_000;

    /// <summary>Runs once.</summary>
    /// <param name="cancellationToken">Looked at between questions.</param>
    /// <returns>How many rows each question found; none of them is 0.</returns>
    public static async Task<IReadOnlyList<int>> RunAsync(CancellationToken cancellationToken = default)
    {
        var disk = new MemoryObjectStore();
        var store = await SpanStore.OpenAsync(disk, Prefix, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            await store.AppendAsync(Spans(0), cancellationToken).ConfigureAwait(false);
            await store.SealAsync(cancellationToken).ConfigureAwait(false);
            await store.AppendAsync(Spans(Traces), cancellationToken).ConfigureAwait(false);
        }
        store = await SpanStore.OpenAsync(disk, Prefix, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false)) return await AskAsync(store, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<int>> AskAsync(SpanStore store, CancellationToken ct)
    {
        var range = new NanoRange(Start - Hour, Start + (Traces * 2 * Hour));
        var (model, user) = (new TextCondition { Eq = "b" }, new TextCondition { Eq = "user" });
        var found = new List<int>();
        foreach (var where in (TraceCondition?[])[null, new() { Model = model }, new() { Search = "word" }, new() { UserId = user }])
        {
            var query = new TraceQuery { Where = where, Hidden = new HashSet<TraceId> { Id(1) } };
            found.Add((await store.QueryTracesAsync(query, ct).ConfigureAwait(false)).Traces.Count);
        }
        found.Add((await store.QuerySpansAsync(new SpanQuery { Where = new SpanCondition { Model = model } }, ct).ConfigureAwait(false)).Spans.Count);
        found.Add((await store.GetTraceAsync(Id(2), ct).ConfigureAwait(false))?.Spans.Count ?? 0);
        found.Add((await store.SessionsAsync(new SessionQuery(), ct).ConfigureAwait(false)).Sessions.Count);
        foreach (var where in (SpanCondition?[])[null, new() { Attributes = [new AttributeCondition { Key = "a", Eq = "1" }] }, new() { UserId = user }])
        {
            var query = new StatsQuery { Range = range, BucketNano = Hour, GroupBy = [GroupField.Model], Where = where };
            found.Add((await store.StatsAsync(query, ct).ConfigureAwait(false)).Count);
        }
        foreach (var (field, prefix) in ((GroupField, string)[])[(GroupField.Model, "b"), (GroupField.Tag, "b"), (GroupField.User, "u")])
        {
            found.Add((await store.FacetsAsync(new FacetQuery { Field = field, Range = range, Prefix = prefix }, ct).ConfigureAwait(false)).Count);
        }
        return found;
    }

    private static TraceId Id(int trace) => new(1, (ulong)trace + 1);

    private static SpanBatch Spans(int first)
    {
        var records = new List<SpanRecord>();
        for (var trace = first; trace < first + Traces; trace++)
        {
            var start = Start + (trace * Hour);
            var root = new SpanRecord
            {
                TraceId = Id(trace),
                SpanId = new SpanId(1),
                Kind = StoredKind.Agent,
                Name = "a",
                StartUnixNano = start,
                EndUnixNano = start + 1000,
                Input = "a word",
                Output = "b",
                UserId = "user",
                SessionId = "session",
                Environment = "c",
                Tags = ["b"],
            };
            records.Add(root);
            records.Add(root with
            {
                SpanId = new SpanId(2),
                ParentSpanId = root.SpanId,
                Kind = StoredKind.Generation,
                Name = "b",
                Model = "b",
                InputTokens = 1,
                OutputTokens = 2,
                Cost = 3,
                AttributesJson = """{"a":"1"}""",
            });
        }
        return SpanBatch.Of([.. records]);
    }
}
