using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.TraceStore.Tests.Model;

namespace Plumbline.TraceStore.Tests.Store;

public sealed class CrashTests
{
    private static readonly SpanStoreOptions Options = new() { SealSpans = 1_000_000, CompactSpans = 10_000, RecordPageBytes = 2000 };

    private static readonly SpanStoreOptions Reusing = Options with { MinSpareLogBytes = 1 };

    public static MatrixTheoryData<int, bool> Seeds => new(Enumerable.Range(11, Soak.Count(1)), [false, true]);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Open_AfterACrashBeforeAnyWrite_HasWhatWasAcknowledgedOnce(int seed, bool reuses)
    {
        var options = reuses ? Reusing : Options;
        var whole = new Life(new FailingObjectStore(new MemoryObjectStore()), options);
        await whole.RunAsync(seed);
        for (var crash = 3; crash < whole.Disk.Writes; crash++)
        {
            var disk = new MemoryObjectStore();
            var life = new Life(new FailingObjectStore(disk) { WritesLeft = crash }, options);
            await life.RunAsync(seed);
            for (var again = 0; again < 2; again++)
            {
                await using var store = await SpanStore.OpenAsync(disk, "o", options);
                await life.SettleAsync(store);
                foreach (var trace in life.Model.Traces) await StoreComparison.SameTraceAsync(store, life.Model, trace.Summary.TraceId);
                await StoreComparison.SameTracesAsync(store, life.Model, new TraceQuery { WantTotalCount = true });
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

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Append_AfterAnotherOwnerOpened_IsFencedOff(int logsBefore)
    {
        var disk = new MemoryObjectStore();
        await using var first = await SpanStore.OpenAsync(disk, "o", Reusing);
        for (var i = 0; i < logsBefore; i++)
        {
            await first.AppendAsync(SpanBatch.Of(new RandomSpans(10 + i).Span()));
            await first.SealAsync();
        }
        await first.AppendAsync(SpanBatch.Of(new RandomSpans(1).Span() with { Input = null, Output = null }));
        await using var second = await SpanStore.OpenAsync(disk, "o", Reusing);
        await Assert.ThrowsAsync<AppendConflictException>(async () => await first.AppendAsync(SpanBatch.Of(new RandomSpans(2).Span())));
        Assert.Equal(1 + logsBefore, (await second.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount);
    }

    /// <summary>What a store does until its disk fails; the model keeps what was acknowledged.</summary>
    private sealed class Life(FailingObjectStore disk, SpanStoreOptions options)
    {
        private Func<NaiveTrace, bool>? _leaving;

        public FailingObjectStore Disk => disk;

        public NaiveStore Model { get; } = new();

        public async Task RunAsync(int seed)
        {
            var random = new RandomSpans(seed, traces: 24);
            try
            {
                await using var store = await SpanStore.OpenAsync(disk, "o", options);
                for (var round = 0; round < 24; round++)
                {
                    var batch = random.Batch();
                    await store.AppendAsync(SpanBatch.Of(batch));
                    Model.Append(batch);
                    if (round % 4 == 3) await store.SealAsync();
                    if (round == 17) await store.CompactAsync();
                    if (round % 6 == 4) await ForgetAsync(store, random, round);
                }
                await store.SealAsync();
                await store.CompactAsync();
            }
            catch (StorageUnavailableException)
            {
                Assert.True(disk.WritesLeft < 0);
            }
        }

        /// <summary>What was being taken away when the disk failed is there whole or not at all.</summary>
        public async Task SettleAsync(SpanStore store)
        {
            var leaving = Model.Traces.Where(t => _leaving?.Invoke(t) == true).ToArray();
            if (leaving.Length > 0 && await store.GetTraceAsync(leaving[0].Summary.TraceId) is null) Model.Erase(_leaving!);
        }

        private async Task ForgetAsync(SpanStore store, RandomSpans random, int round)
        {
            var (id, before) = (random.Trace(), random.Range().FromUnixNano - 7_200_000_000_000);
            _leaving = round switch
            {
                4 => t => t.Summary.StartUnixNano < before,
                10 => t => t.Spans.Any(s => s.UserId == "u1"),
                _ => t => t.Summary.TraceId == id,
            };
            if (round == 4) await store.DropBeforeAsync(before);
            else if (round == 10) await store.EraseUserAsync("u1");
            else await store.EraseTraceAsync(id);
            Model.Erase(_leaving);
            _leaving = null;
        }
    }
}
