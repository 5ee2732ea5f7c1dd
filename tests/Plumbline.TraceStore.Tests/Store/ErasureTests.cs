using System.Text;
using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.TraceStore.Blocks;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>What was erased is nowhere on the disk: not in blocks (records, dictionaries, token index, previews, sums), not in the log, not in the
/// manifest.</summary>
public sealed class ErasureTests
{
    private static readonly SpanStoreOptions Options = new() { SpansPerAggregate = 1, MinSpareLogBytes = 1 };
    private static readonly string[] Secrets = [
        "mallory", "elephantine", "giraffe", "rhinoceros", "hippopotamus", "crocodile", "armadillo", "wolverine", "chinchilla"
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EraseUser_WhereverTheSpansAre_LeavesNoTextOnTheDisk(bool headIsEmpty)
    {
        var disk = new MemoryObjectStore();
        await using var store = await SpanStore.OpenAsync(disk, "o", Options);
        await FillAsync(store, headIsEmpty);
        Assert.NotEmpty(await FindAsync(disk));
        Assert.Equal(headIsEmpty ? 2 : 4, await store.EraseUserAsync("mallory"));
        Assert.Empty(await FindAsync(disk));
        await StaysAsync(store);
    }

    [Fact]
    public async Task EraseTrace_HeadIsEmpty_LeavesItsIdNowhere()
    {
        var disk = new MemoryObjectStore();
        await using var store = await SpanStore.OpenAsync(disk, "o", Options);
        await FillAsync(store, headIsEmpty: true);
        var id = new byte[TraceId.Size];
        Secret(0).TraceId.Write(id);
        Assert.Equal(2, await store.EraseTraceAsync(Secret(0).TraceId));
        Assert.DoesNotContain(await ObjectCopies.ReadAsync(disk), o => o.Value.AsSpan().IndexOf(id) >= 0);
    }

    [Fact]
    public async Task EraseUser_StoppedAtAnyWrite_IsFinishedByTheNextProcess()
    {
        for (var stop = 1; ; stop++)
        {
            var disk = new MemoryObjectStore();
            var failing = new FailingObjectStore(disk);
            var erased = true;
            await using (var store = await SpanStore.OpenAsync(failing, "o", Options))
            {
                await FillAsync(store, headIsEmpty: stop % 2 == 0);
                failing.WritesLeft = stop;
                try
                {
                    await store.EraseUserAsync("mallory");
                }
                catch (StorageUnavailableException)
                {
                    erased = false;
                }
            }
            await using var again = await SpanStore.OpenAsync(disk, "o", Options);
            await again.SealAsync();
            await again.CompactAsync();
            Assert.Empty(await FindAsync(disk));
            await StaysAsync(again);
            if (erased) return;
        }
    }

    [Fact]
    public async Task EraseUser_SpansInLogsThatWereWrittenOver_LeavesNoTextOnTheDisk()
    {
        var disk = new MemoryObjectStore();
        await using var store = await SpanStore.OpenAsync(disk, "o", Options);
        for (var round = 0; round < 4; round++)
        {
            await FillAsync(store, headIsEmpty: round < 3);
            if (round == 1) Assert.Contains(await FindAsync(disk), f => f.Contains("/wal/", StringComparison.Ordinal));
        }
        await store.EraseUserAsync("mallory");
        Assert.Empty(await FindAsync(disk));
        await StaysAsync(store);
    }

    // The old span, which told that the trace is old, is in no segment any more when the log is replayed; the late one alone would be young.
    [Fact]
    public async Task DropBefore_TraceWithALateSpanInTheLog_StaysDroppedAfterARestart()
    {
        var disk = new MemoryObjectStore();
        await using (var store = await SpanStore.OpenAsync(disk, "o", Options))
        {
            await store.AppendAsync(SpanBatch.Of(Secret(0), Harmless(0)));
            await store.SealAsync();
            await store.AppendAsync(SpanBatch.Of(Secret(0) with { SpanId = new SpanId(2), StartUnixNano = 1_700_000_900_000_000_000, EndUnixNano = 0 }));
            Assert.Equal(3, await store.DropBeforeAsync(1_700_000_100_000_000_000));
        }
        await using var again = await SpanStore.OpenAsync(disk, "o", Options);
        Assert.Null(await again.GetTraceAsync(Secret(0).TraceId));
    }

    [Fact]
    public void Cache_AfterABlockIsGone_TakesNothingOfItIn()
    {
        var cache = new BlockCache(1000);
        cache.Open(1);
        cache.Add(1, 1, "page", 10);
        cache.Drop(1);
        cache.Add(1, 2, "late page", 10);
        Assert.Equal(0, cache.Bytes);
        cache.Open(2);
        cache.Add(2, 1, "page", 10);
        Assert.Equal("page", cache.Find<string>(2, 1));
    }

    private static async Task FillAsync(SpanStore store, bool headIsEmpty)
    {
        await store.AppendAsync(SpanBatch.Of(Secret(0), Harmless(0), Harmless(1)));
        await store.AppendAsync(SpanBatch.Of(Secret(0) with { SpanId = new SpanId(9), UserId = null }));
        await store.SealAsync();
        if (!headIsEmpty) await store.AppendAsync(SpanBatch.Of(Secret(1), Secret(0) with { SpanId = new SpanId(10) }, Harmless(2)));
    }

    private static async Task StaysAsync(SpanStore store)
    {
        Assert.Equal(0, (await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true, Where = new TraceCondition { Search = "giraffe" } })).TotalCount);
        var harmless = await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true });
        Assert.InRange(harmless.TotalCount!.Value, 2, 3);
        Assert.All(
            await store.StatsAsync(new StatsQuery { Range = NanoRange.All, GroupBy = [GroupField.Name, GroupField.Model] }),
            r => Assert.Equal(["chat", "gpt-4o"], r.Group));
    }

    private static async Task<List<string>> FindAsync(MemoryObjectStore disk)
    {
        var found = new List<string>();
        foreach (var (name, content) in await ObjectCopies.ReadAsync(disk))
        {
            foreach (var secret in Secrets)
            {
                if (content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0) found.Add($"{secret} in {name}");
            }
        }
        return found;
    }

    private static SpanRecord Secret(int number) => new()
    {
        TraceId = new TraceId(0xDEADBEEF, (ulong)number + 77),
        SpanId = new SpanId(1),
        StartUnixNano = 1_700_000_000_000_000_000,
        EndUnixNano = 1_700_000_000_500_000_000,
        UserId = "mallory",
        Name = "elephantine",
        Input = "giraffe",
        Output = "rhinoceros",
        SessionId = "hippopotamus",
        Tags = ["crocodile"],
        Model = "armadillo",
        AttributesJson = """{"animal":"wolverine"}""",
        Environment = "chinchilla",
    };

    private static SpanRecord Harmless(int number) => new()
    {
        TraceId = new TraceId(5, (ulong)number + 1),
        SpanId = new SpanId(1),
        StartUnixNano = 1_700_000_000_000_000_000,
        EndUnixNano = 1_700_000_000_500_000_000,
        UserId = "alice",
        Name = "chat",
        Model = "gpt-4o",
        Input = "hello",
    };
}
