using Plumbline.ObjectStore;
using Plumbline.TraceStore.Tests.Model;

namespace Plumbline.TraceStore.Tests.Store;

public sealed class BlockDamageTests
{
    private static readonly SpanStoreOptions Options = new() { RecordPageBytes = 1500 };

    [Fact]
    public async Task Store_BlockFlippedAnywhere_AnswersRightOrLeavesTheBlockOut()
    {
        var (objects, block, model) = await WrittenAsync();
        var quarantined = 0;
        for (var at = 0; at < objects[block].Length; at += at > objects[block].Length - 1200 ? 1 : 29)
        {
            var disk = await ObjectCopies.WriteAsync(objects, block, ObjectCopies.Flip(objects[block], at, 0x04));
            await using var store = await SpanStore.OpenAsync(disk, "o", Options);
            var page = await store.QueryTracesAsync(new TraceQuery { First = 500, WantTotalCount = true, Where = new TraceCondition { Search = "e" } });
            var spans = await store.QuerySpansAsync(new SpanQuery { First = 500 });
            if (store.Status.Quarantined is [])
            {
                Assert.Equal(
                    model.Query(new TraceQuery { Where = new TraceCondition { Search = "e" } }).Select(StoreComparison.Json),
                    page.Traces.Select(t => StoreComparison.Json(t.Trace)));
                continue;
            }
            quarantined++;
            Assert.Equal([block], store.Status.Quarantined);
            Assert.NotEmpty(spans.Spans);
            Assert.Equal(AppendResult.Stored, await store.AppendAsync(SpanBatch.Of(new RandomSpans(1).Span())));
        }
        Assert.True(quarantined > 100);
    }

    [Fact]
    public async Task Store_BlockMissing_OpensAndKeepsItInTheManifest()
    {
        var (objects, block, _) = await WrittenAsync();
        var content = objects[block];
        objects.Remove(block);
        var disk = await ObjectCopies.WriteAsync(objects);
        await using (var store = await SpanStore.OpenAsync(disk, "o", Options))
        {
            Assert.Equal([block], store.Status.Quarantined);
            await store.AppendAsync(SpanBatch.Of(new RandomSpans(9).Batch()));
            await store.SealAsync();
        }
        await disk.PutAsync(block, content);
        await using var repaired = await SpanStore.OpenAsync(disk, "o", Options);
        Assert.Empty(repaired.Status.Quarantined);
    }

    private static async Task<(Dictionary<string, byte[]> Objects, string Block, NaiveStore Model)> WrittenAsync()
    {
        var disk = new MemoryObjectStore();
        var model = new NaiveStore();
        await using (var store = await SpanStore.OpenAsync(disk, "o", Options))
        {
            for (var part = 0; part < 2; part++)
            {
                var batch = Enumerable.Range(0, 60).Select(i => new RandomSpans((part * 1000) + i).Span()).Select((s, i) =>
                    s with { TraceId = new TraceId((ulong)part + 1, (ulong)(i / 3) + 1) }).ToArray();
                model.Append(batch);
                await store.AppendAsync(SpanBatch.Of(batch));
                await store.SealAsync();
            }
            Assert.Equal(2, store.Status.Blocks);
            Assert.Equal(0, store.Status.HeadSpans);
        }
        return (await ObjectCopies.ReadAsync(disk), "o/blocks/0000000001", model);
    }
}
