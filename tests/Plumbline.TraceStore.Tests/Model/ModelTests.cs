using Plumbline.ObjectStore;

namespace Plumbline.TraceStore.Tests.Model;

public sealed class ModelTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Soak.Count(6))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Store_RandomSpansAndQuestions_AnswersLikeTheNaiveModel(int seed)
    {
        var random = new RandomSpans(seed);
        var objects = new MemoryObjectStore();
        var model = new NaiveStore();
        var options = new SpanStoreOptions
        {
            SealSpans = seed % 3 == 0 ? 50 : 100_000,
            CompactSpans = 400,
            RecordPageBytes = 3000,
            SpansPerAggregate = seed % 4 == 0 ? 3 : 1,
            CacheBytes = seed % 2 == 0 ? 20_000 : 10_000_000,
        };
        var store = await SpanStore.OpenAsync(objects, "o/p/0", options);
        for (var round = 0; round < 60; round++)
        {
            await StepAsync(random, store, model);
            if (random.Random.Next(5) == 0) await store.SealAsync();
            if (random.Random.Next(12) == 0) await store.CompactAsync();
            if (random.Random.Next(12) == 0)
            {
                await store.DisposeAsync();
                store = await SpanStore.OpenAsync(objects, "o/p/0", options);
            }
            await CompareAsync(random, store, model);
        }
        await store.DisposeAsync();
    }

    private static async Task StepAsync(RandomSpans random, SpanStore store, NaiveStore model)
    {
        for (var i = random.Random.Next(1, 6); i > 0; i--)
        {
            var batch = random.Batch();
            model.Append(batch);
            // Sealing may fall behind the tiny segments of this test: a refused batch has changed nothing and is sent again, as a client would.
            while (await store.AppendAsync(SpanBatch.Of(batch)) == AppendResult.Overloaded) await store.SealAsync();
        }
        switch (random.Random.Next(30))
        {
            case 0:
                var id = random.Trace();
                Assert.Equal(model.Erase(t => t.Summary.TraceId == id), await store.EraseTraceAsync(id));
                break;
            case 1:
                Assert.Equal(model.Erase(t => t.Spans.Any(s => s.UserId == "u2")), await store.EraseUserAsync("u2"));
                break;
            case 2:
                var from = random.Range().FromUnixNano - 3_600_000_000_000;
                Assert.Equal(model.Erase(t => t.Summary.StartUnixNano < from), await store.DropBeforeAsync(from));
                break;
        }
    }

    private static async Task CompareAsync(RandomSpans random, SpanStore store, NaiveStore model)
    {
        for (var i = 0; i < 6; i++)
        {
            await StoreComparison.SameTracesAsync(store, model, random.TraceQuery());
            await StoreComparison.SameSpansAsync(
                store, model,
                new SpanQuery
                {
                    Where = random.SpanCondition(0),
                    First = random.Random.Next(1, 60),
                    Ascending = i % 2 == 0,
                    WantTotalCount = i < 3,
                    Hidden = random.Hidden(),
                });
        }
        await StoreComparison.SameTraceAsync(store, model, random.Trace());
        await StoreComparison.SameSessionsAsync(
            store, model,
            new SessionQuery
            {
                Where = random.Random.Next(2) == 0 ? null : random.TraceCondition(1),
                First = random.Random.Next(1, 7),
                Hidden = random.Hidden(),
            });
        await StoreComparison.SameFacetsAsync(
            store, model,
            new FacetQuery
            {
                Field = (GroupField)random.Random.Next(13),
                Range = random.Random.Next(2) == 0 ? NanoRange.All : random.Range(),
                First = random.Random.Next(1, 20),
                Prefix = random.Random.Next(3) == 0 ? "S" : null,
                Hidden = random.Hidden(),
            });
        for (var i = 0; i < 2; i++) await StoreComparison.SameStatsAsync(store, model, random.StatsQuery());
    }
}
