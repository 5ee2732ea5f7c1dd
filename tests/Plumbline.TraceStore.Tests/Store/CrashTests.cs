using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.TraceStore.Tests.Model;

namespace Plumbline.TraceStore.Tests.Store;

public sealed class CrashTests
{
    private static readonly SpanStoreOptions Options = new() { SealSpans = 1_000_000, CompactSpans = 10_000, RecordPageBytes = 2000 };

    [Fact]
    public async Task Open_AfterACrashBeforeAnyWrite_HasWhatWasAcknowledgedOnce()
    {
        var total = await RunAsync(new FailingObjectStore(new MemoryObjectStore()), new NaiveStore());
        for (var crash = 3; crash < total; crash++)
        {
            var disk = new MemoryObjectStore();
            var model = new NaiveStore();
            await RunAsync(new FailingObjectStore(disk) { WritesLeft = crash }, model);
            for (var again = 0; again < 2; again++)
            {
                await using var store = await SpanStore.OpenAsync(disk, "o", Options);
                foreach (var trace in model.Traces) await StoreComparison.SameTraceAsync(store, model, trace.Summary.TraceId);
                await StoreComparison.SameTracesAsync(store, model, new TraceQuery { WantTotalCount = true });
            }
        }
    }

    [Fact]
    public async Task Append_DiskFullForAWhile_FailsThenGoesOnAndLosesNothing()
    {
        var disk = new FailingObjectStore(new MemoryObjectStore());
        var random = new RandomSpans(4);
        var model = new NaiveStore();
        await using var store = await SpanStore.OpenAsync(disk, "o", Options);
        for (var round = 0; round < 40; round++)
        {
            disk.WritesLeft = round % 4 == 3 ? 0 : int.MaxValue;
            var batch = random.Batch();
            if (round % 4 == 3)
            {
                await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.AppendAsync(SpanBatch.Of(batch)));
                if (store.Status.HeadSpans > 0) await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.SealAsync());
            }
            else
            {
                await store.AppendAsync(SpanBatch.Of(batch));
                model.Append(batch);
            }
            await StoreComparison.SameTracesAsync(store, model, new TraceQuery { WantTotalCount = true });
            if (round % 5 == 0 && round % 4 != 3) await store.SealAsync();
        }
    }

    [Fact]
    public async Task Append_AfterAnotherOwnerOpened_IsFencedOff()
    {
        var disk = new MemoryObjectStore();
        await using var first = await SpanStore.OpenAsync(disk, "o", Options);
        await first.AppendAsync(SpanBatch.Of(new RandomSpans(1).Span()));
        await using var second = await SpanStore.OpenAsync(disk, "o", Options);
        await Assert.ThrowsAsync<AppendConflictException>(async () => await first.AppendAsync(SpanBatch.Of(new RandomSpans(2).Span())));
        Assert.Equal(1, (await second.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount);
    }

    // What a store does in its life; the model keeps what was acknowledged. Ends at the first failure.
    private static async Task<int> RunAsync(FailingObjectStore disk, NaiveStore model)
    {
        var random = new RandomSpans(11, traces: 24);
        try
        {
            await using var store = await SpanStore.OpenAsync(disk, "o", Options);
            for (var round = 0; round < 24; round++)
            {
                var batch = random.Batch();
                await store.AppendAsync(SpanBatch.Of(batch));
                model.Append(batch);
                if (round % 4 == 3) await store.SealAsync();
                if (round == 17) await store.CompactAsync();
            }
            await store.SealAsync();
            await store.CompactAsync();
        }
        catch (StorageUnavailableException)
        {
            Assert.True(disk.WritesLeft < 0);
        }
        return disk.Writes;
    }
}
