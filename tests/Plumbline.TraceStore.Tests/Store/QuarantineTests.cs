using Plumbline.ObjectStore;
using Plumbline.TraceStore.Blocks;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Whatever finds a block damaged leaves it out, says so once with object, offset and reason, counts it, and goes on.</summary>
public sealed class QuarantineTests
{
    private const string First = "o/blocks/0000000001";
    private const string Second = "o/blocks/0000000002";

    private static readonly SpanStoreOptions Options = new() { SealSpans = 1000, CompactSpans = 2000, CacheBytes = 0 };

    public static TheoryData<string> Paths =>
        ["query", "late span", "erase trace", "erase user", "retention", "compaction", "housekeeping", "transform", "stats", "trace by id"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task AnyPath_BlockDamaged_IsLeftOutCountedAndToldOnce(string path)
    {
        var (disk, log) = (new MemoryObjectStore(), new AlertLog());
        await using var store = await OpenAsync(disk, log);
        await DamageAsync(disk, First);
        await RunAsync(store, path);
        await store.QuerySpansAsync(new SpanQuery { Where = new SpanCondition { Search = "word" } });
        Assert.Equal([First], store.Status.Quarantined);
        var alert = Assert.Single(log.Alerts);
        Assert.Contains($"'{First}' is damaged at byte ", alert, StringComparison.Ordinal);
        Assert.Contains("a page's checksum is wrong", alert, StringComparison.Ordinal);
        Assert.NotNull(await store.GetTraceAsync(new TraceId(2, 2)));
        Assert.Equal(AppendResult.Stored, await store.AppendAsync(SpanBatch.Of(Span(7, 7))));
        await store.SealAsync();
    }

    [Theory]
    [InlineData("query")]
    [InlineData("compaction")]
    [InlineData("erase user")]
    public async Task AnyPath_ObjectMissing_IsLeftOutCountedAndToldOnce(string path)
    {
        var (disk, log) = (new MemoryObjectStore(), new AlertLog());
        await using var store = await OpenAsync(disk, log);
        await disk.DeleteAsync(First);
        await RunAsync(store, path);
        await store.QuerySpansAsync(new SpanQuery { Where = new SpanCondition { Search = "word" } });
        Assert.Equal([First], store.Status.Quarantined);
        Assert.Contains("the object is missing", Assert.Single(log.Alerts), StringComparison.Ordinal);
        Assert.NotNull(await store.GetTraceAsync(new TraceId(2, 2)));
    }

    [Fact]
    public async Task Open_DirectoryDamaged_IsToldWithItsOffset()
    {
        var disk = new MemoryObjectStore();
        await using (await OpenAsync(disk, new AlertLog())) { }
        var content = (await disk.GetAsync(Second))!.Content;
        await disk.PutAsync(Second, content.AsMemory(0, content.Length - 4));
        var log = new AlertLog();
        await using var store = await SpanStore.OpenAsync(disk, "o", Options, logger: log);
        Assert.Equal([Second], store.Status.Quarantined);
        Assert.Contains($"'{Second}' is damaged at byte", Assert.Single(log.Alerts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compaction_OneOfAGroupIsDamaged_JoinsTheOthers()
    {
        var (disk, log) = (new MemoryObjectStore(), new AlertLog());
        await using var store = await OpenAsync(disk, log, blocks: 6);
        await DamageAsync(disk, First);
        Assert.Equal(5, await store.CompactAsync());
        Assert.Equal(1, store.Status.Blocks);
        Assert.Equal([First], store.Status.Quarantined);
        await using var again = await ReopenAsync(disk);
        Assert.Equal(10, (await again.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount);
    }

    private static async Task RunAsync(SpanStore store, string path)
    {
        switch (path)
        {
            case "query":
                Assert.Equal(1, (await store.QueryTracesAsync(new TraceQuery { Where = new TraceCondition { Search = "word" } })).Quarantined);
                break;
            case "late span":
                await store.AppendAsync(SpanBatch.Of(Span(1, 2) with { SpanId = new SpanId(99) }));
                break;
            case "erase trace":
                await store.EraseTraceAsync(new TraceId(1, 2));
                break;
            case "erase user":
                await store.EraseUserAsync("u1");
                break;
            case "retention":
                await store.DropBeforeAsync(1_700_000_000_000_000_001);
                break;
            case "compaction":
                await store.CompactAsync();
                break;
            case "transform":
                await store.TransformAsync(static (_, _) => false);
                break;
            case "stats":
                await store.StatsAsync(new StatsQuery { Range = NanoRange.All });
                break;
            case "trace by id":
                await store.GetTraceAsync(new TraceId(1, 2));
                break;
            default:
                await store.AppendAsync(SpanBatch.Of([.. Enumerable.Range(1, Options.SealSpans).Select(i => Span(9, i))]));
                while (store.Status.Quarantined is []) await Task.Yield();
                break;
        }
    }

    private static async Task<SpanStore> OpenAsync(MemoryObjectStore disk, AlertLog log, int blocks = 4)
    {
        var store = await SpanStore.OpenAsync(disk, "o", Options, logger: log);
        for (var block = 1; block <= blocks; block++)
        {
            await store.AppendAsync(SpanBatch.Of(Span(block, 1), Span(block, 2)));
            await store.SealAsync();
        }
        return store;
    }

    private static ValueTask<SpanStore> ReopenAsync(MemoryObjectStore disk) => new(SpanStore.OpenAsync(disk, "o", Options));

    // Every page's checksum is wrong then; the directory is not.
    private static async Task DamageAsync(MemoryObjectStore disk, string name)
    {
        var content = (await disk.GetAsync(name))!.Content.ToArray();
        var directory = (int)BitConverter.ToInt64(content.AsSpan(content.Length - BlockDirectory.Trailer));
        for (var at = 8; at < directory; at++) content[at] ^= 0x55;
        await disk.PutAsync(name, content);
    }

    private static SpanRecord Span(int block, int trace) => new()
    {
        TraceId = new TraceId((ulong)block, (ulong)trace),
        SpanId = new SpanId(1),
        StartUnixNano = 1_700_000_000_000_000_000 + (block * 1000) + trace,
        EndUnixNano = 1_700_000_001_000_000_000,
        Name = "chat",
        Input = "word",
        UserId = "u" + block,
    };
}
