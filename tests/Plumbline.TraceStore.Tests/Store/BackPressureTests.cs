using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>What appends do while blocks are written more slowly than spans arrive.</summary>
public sealed class BackPressureTests
{
    private static readonly SpanStoreOptions Options = new() { SealSpans = 10 };

    [Fact]
    public async Task Append_SealingIsBehind_WaitsAndIsStored()
    {
        var disk = new HeldObjectStore(new MemoryObjectStore());
        await using var store = await SpanStore.OpenAsync(disk, "o", Options);
        await FallBehindAsync(store, disk);
        var waiting = store.AppendAsync(Spans(3, 1)).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.True(store.Status.PendingBytes > 0);
        disk.ReleasePuts();
        Assert.Equal(AppendResult.Stored, await waiting);
        Assert.NotNull(await store.GetTraceAsync(new TraceId(3, 1)));
    }

    [Fact]
    public async Task Append_SealingStaysBehind_IsRefusedAfterTheWait()
    {
        var clock = new ManualTimeProvider();
        var disk = new HeldObjectStore(new MemoryObjectStore());
        await using var store = await SpanStore.OpenAsync(disk, "o", Options, clock);
        await FallBehindAsync(store, disk);
        var waiting = store.AppendAsync(Spans(3, 1)).AsTask();
        clock.Advance(Options.MaxAppendWait - TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(AppendResult.Overloaded, await waiting);
        disk.ReleasePuts();
        Assert.Null(await store.GetTraceAsync(new TraceId(3, 1)));
        Assert.Equal(0, store.Status.PendingBytes);
    }

    [Fact]
    public async Task Append_Cancelled_LeavesTheWaitAndNothingBehind()
    {
        var disk = new HeldObjectStore(new MemoryObjectStore());
        await using var store = await SpanStore.OpenAsync(disk, "o", Options);
        await FallBehindAsync(store, disk);
        using var stop = new CancellationTokenSource();
        var waiting = store.AppendAsync(Spans(3, 1), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, store.Status.PendingBytes);
        disk.ReleasePuts();
    }

    [Fact]
    public async Task Append_BlocksCannotBeWritten_IsRefusedAtOnce()
    {
        var disk = new HeldObjectStore(new MemoryObjectStore());
        var log = new AlertLog();
        await using var store = await SpanStore.OpenAsync(disk, "o", Options, new ManualTimeProvider(), log);
        disk.PutsFail = true;
        await store.AppendAsync(Spans(1, 10));
        while (log.Alerts.Count == 0) await Task.Yield();
        await store.AppendAsync(Spans(2, 15));
        Assert.Equal(AppendResult.Overloaded, await store.AppendAsync(Spans(3, 1)));
        Assert.Contains("could not be written", Assert.Single(log.Alerts), StringComparison.Ordinal);
    }

    // A sealed head waits to become a block, and the next is one and a half times as large as it should be.
    private static async Task FallBehindAsync(SpanStore store, HeldObjectStore disk)
    {
        disk.HoldPuts();
        await store.AppendAsync(Spans(1, 10));
        while (store.Status.HeadSpans > 0) await Task.Yield();
        await store.AppendAsync(Spans(2, 15));
    }

    private static SpanBatch Spans(ulong high, int count) => SpanBatch.Of([.. Enumerable.Range(1, count).Select(i => new SpanRecord
    {
        TraceId = new TraceId(high, (ulong)i),
        SpanId = new SpanId(1),
        StartUnixNano = 1_700_000_000_000_000_000 + i,
        EndUnixNano = 1_700_000_001_000_000_000,
        Name = "chat",
    })]);
}
