using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.TraceStore.Tests.Store;

public sealed class TraceStoreInstrumentsTests
{
    [Fact]
    public async Task Store_AppendSealCompact_IsMeasured()
    {
        using var measured = new Measurements();
        var instruments = new TraceStoreInstruments(measured);
        await using (var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o", instruments: instruments))
        {
            for (var block = 1; block <= 4; block++)
            {
                await store.AppendAsync(SpanBatch.Of(Span(block, 1), Span(block, 2)));
                await store.SealAsync();
            }
            await store.AppendAsync(SpanBatch.Of(Span(5, 1)));
            Assert.Equal(5, measured.Sum("plumbline.store.appends{plumbline.outcome=stored}"));
            Assert.Equal(9, measured.Sum("plumbline.store.appended_spans"));
            Assert.Equal((5, 4), (measured.Count("plumbline.store.flush.duration"), measured.Count("plumbline.store.seal.duration")));
            Assert.InRange(measured.Sum("plumbline.store.flush.duration"), 1e-9, 60);
            Assert.Equal((4, 8), (measured.Observe("plumbline.store.blocks"), measured.Observe("plumbline.store.block_spans")));
            Assert.Equal((1, 1), (measured.Observe("plumbline.store.head_spans"), measured.Observe("plumbline.store.open")));
            Assert.True(measured.Observe("plumbline.store.block_size") > 0 && measured.Observe("plumbline.store.head_size") > 0);
            Assert.Equal(4, await store.CompactAsync());
            Assert.Equal(4, measured.Sum("plumbline.store.compacted_blocks"));
        }
        Assert.Equal((0, 0), (measured.Observe("plumbline.store.open"), measured.Observe("plumbline.store.blocks")));
    }

    [Fact]
    public async Task Append_Overloaded_IsCountedAsThat()
    {
        using var measured = new Measurements();
        var disk = new HeldObjectStore(new MemoryObjectStore());
        var options = new SpanStoreOptions { MaxPendingBatches = 1 };
        await using var store = await SpanStore.OpenAsync(disk, "o", options, instruments: new TraceStoreInstruments(measured));
        disk.Hold();
        var waiting = store.AppendAsync(SpanBatch.Of(Span(1, 1))).AsTask();
        Assert.Equal(AppendResult.Overloaded, await store.AppendAsync(SpanBatch.Of(Span(2, 1))));
        Assert.Equal((1, 0), (measured.Sum("plumbline.store.appends{plumbline.outcome=overloaded}"), measured.Sum("plumbline.store.appended_spans")));
        disk.Release();
        Assert.Equal(AppendResult.Stored, await waiting);
    }

    private static SpanRecord Span(int trace, ulong span) =>
        new() { TraceId = new TraceId(1, (ulong)trace), SpanId = new SpanId(span), StartUnixNano = 1000 * trace, EndUnixNano = 1000 * trace + 1 };
}
