using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>What failed on a disk that was full for a while and is asked for again, in the same process, is then whole on disk.</summary>
public sealed class RepeatedTests
{
    private const long NewCost = 5_000;

    [Fact]
    public async Task Erase_StoppedAtAnyWriteAndRepeated_LeavesNothingOnTheDisk()
    {
        for (var stop = 1; ; stop++)
        {
            var disk = new MemoryObjectStore();
            var failing = new FailingObjectStore(disk);
            await using var store = await FillAsync(failing);
            failing.WritesLeft = stop;
            var stopped = await StopsAsync(() => store.EraseUserAsync("mallory").AsTask());
            failing.WritesLeft = int.MaxValue;
            if (stopped) await store.EraseUserAsync("mallory");
            foreach (var (name, content) in await ObjectCopies.ReadAsync(disk))
                Assert.True(content.AsSpan().IndexOf("mallory"u8) < 0, $"stopped at {stop}: {name}");
            if (!stopped) return;
        }
    }

    [Fact]
    public async Task Transform_StoppedAtAnyWriteAndRepeated_OutlastsACrash()
    {
        for (var stop = 1; ; stop++)
        {
            var disk = new MemoryObjectStore();
            var failing = new FailingObjectStore(disk);
            await using var store = await FillAsync(failing);
            failing.WritesLeft = stop;
            var stopped = await StopsAsync(() => store.TransformAsync(SetCost).AsTask());
            failing.WritesLeft = int.MaxValue;
            if (stopped) await store.TransformAsync(SetCost);
            await using var again = await SpanStore.OpenAsync(await ObjectCopies.WriteAsync(await ObjectCopies.ReadAsync(disk)), "o");
            var page = await again.QuerySpansAsync(new SpanQuery { First = 100 });
            Assert.Equal(6, page.Spans.Count);
            Assert.All(page.Spans, s => Assert.Equal((stop, NewCost), (stop, s.Span.Cost)));
            if (!stopped) return;
        }
    }

    private static bool SetCost(SpanReader span, SpanBatchWriter into)
    {
        if (span.Number(SpanNumber.Cost) == NewCost) return false;
        var copy = new SpanBatchWriter();
        copy.Add(span);
        foreach (var changed in SpanBatch.Of(copy.ToBatch().ToRecords()[0] with { Cost = NewCost })) into.Add(changed);
        return true;
    }

    private static async Task<SpanStore> FillAsync(IObjectStore disk)
    {
        var store = await SpanStore.OpenAsync(disk, "o");
        for (var block = 1; block <= 2; block++)
        {
            await store.AppendAsync(SpanBatch.Of(Span(block, 1, "mallory"), Span(block, 2, "alice")));
            await store.SealAsync();
        }
        await store.AppendAsync(SpanBatch.Of(Span(3, 1, "mallory"), Span(3, 2, "alice")));
        return store;
    }

    private static async Task<bool> StopsAsync(Func<Task> action)
    {
        try
        {
            await action();
            return false;
        }
        catch (StorageUnavailableException)
        {
            return true;
        }
    }

    private static SpanRecord Span(int block, int trace, string user) => new()
    {
        TraceId = new TraceId((ulong)block, (ulong)trace),
        SpanId = new SpanId(1),
        StartUnixNano = 1_700_000_000_000_000_000 + block,
        EndUnixNano = 1_700_000_001_000_000_000,
        Name = "chat",
        UserId = user,
        InputTokens = 10,
        Cost = 1_000,
    };
}
