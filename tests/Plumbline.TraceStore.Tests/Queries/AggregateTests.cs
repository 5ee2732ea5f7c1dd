using Plumbline.ObjectStore;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Head;
using Plumbline.TraceStore.Queries;
using Plumbline.TraceStore.Tests.Model;
using Plumbline.TraceStore.Tests.Store;

namespace Plumbline.TraceStore.Tests.Queries;

/// <summary>What blocks' sums say is what a scan of all spans says.</summary>
public sealed class AggregateTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Soak.Count(4))];

    // Holds for every span, and is nothing that sums are kept by: the spans are scanned.
    private static readonly SpanCondition All = new() { Not = new SpanCondition { TraceIds = [] } };

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Stats_ByTheSums_AreThoseOfAScan(int seed)
    {
        var random = new RandomSpans(seed, traces: 200);
        var disk = new MemoryObjectStore();
        var options = new SpanStoreOptions { CompactSpans = 300, SpansPerAggregate = 1 };
        await using var store = await SpanStore.OpenAsync(disk, "o", options);
        for (var round = 0; round < 25; round++)
        {
            // Late copies and late spans of traces that blocks hold already.
            for (var i = random.Random.Next(1, 8); i > 0; i--) await store.AppendAsync(SpanBatch.Of(random.Batch()));
            if (random.Random.Next(2) == 0) await store.SealAsync();
            if (random.Random.Next(8) == 0) await store.CompactAsync();
            if (random.Random.Next(8) == 0) await store.EraseTraceAsync(random.Trace());
            for (var i = 0; i < 8; i++)
            {
                var query = random.StatsQuery();
                var scanned = await store.StatsAsync(query with { Where = query.Where is null ? All : new SpanCondition { And = [query.Where, All] } });
                Assert.Equal(scanned.Select(Describe), (await store.StatsAsync(query)).Select(Describe));
            }
        }
        await store.SealAsync();
        Assert.True(store.Status.Blocks > 0);
        Assert.All(await DirectoriesAsync(disk), d => Assert.Contains(d.Pages, p => p.Kind == PageKind.Aggregates));
    }

    [Fact]
    public async Task Block_SpansTooFewToShareCells_KeepsNoSums()
    {
        var disk = new MemoryObjectStore();
        await using var store = await SpanStore.OpenAsync(disk, "o");
        await store.AppendAsync(SpanBatch.Of([.. Enumerable.Range(0, 100).Select(i => Span(i, i * 3600L))]));
        await store.SealAsync();
        Assert.DoesNotContain((await DirectoriesAsync(disk))[0].Pages, p => p.Kind == PageKind.Aggregates);
        Assert.Equal(100, (await store.StatsAsync(new StatsQuery { Range = NanoRange.All, BucketNano = 3_600_000_000_000 })).Count);
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(10, 300)]
    [InlineData(100, 1800)]
    [InlineData(200, 3600)]
    public async Task Block_SpansSoFarApart_KeepsBucketsOf(int secondsApart, int expected)
    {
        var disk = new MemoryObjectStore();
        await using var store = await SpanStore.OpenAsync(disk, "o");
        await store.AppendAsync(SpanBatch.Of([.. Enumerable.Range(0, 4000).Select(i => Span(i, (long)i * secondsApart))]));
        await store.SealAsync();
        Assert.Equal(expected, (await SumsAsync(disk)).Seconds);
    }

    [Fact]
    public void Page_WithAnyByteChangedOrCut_IsRefusedOrReadable()
    {
        var head = new SpanHead();
        var random = new RandomSpans(3);
        for (var i = 0; i < 12; i++) head.Insert(SpanBatch.Of(random.Batch()));
        var view = head.Snapshot();
        var rows = new List<int>();
        foreach (var row in view.LiveSpans) rows.Add(row);
        int[] spans = [.. rows.OrderBy(r => view.TraceOf[r])];
        var page = new ByteBuffer(1 << 16);
        var same = Array.ConvertAll(BlockAggregates.Texts, f => Enumerable.Range(0, view.Column(f).Values.Count).ToArray());
        Assert.True(new AggregateWriter(view, spans, Array.ConvertAll(spans, s => view.TraceOf[s])).Write(same, 1, page));
        Assert.Equal(spans.Length, SpansOf(page.ToArray(), view.Traces));
        for (var at = 0; at < page.Length; at++)
        {
            Assert.Null(BlockAggregates.Read(page.Written[..at].ToArray(), view.Traces));
            foreach (var mask in new byte[] { 1, 0x40, 0x80, 0xFF }) SpansOf(ObjectCopies.Flip(page.ToArray(), at, mask), view.Traces);
        }
    }

    [Fact]
    public async Task Cost_OfSpansWithout_IsUnknownAndNotZero()
    {
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o", new SpanStoreOptions { SpansPerAggregate = 1 });
        await store.AppendAsync(SpanBatch.Of(
            Span(1, 0) with
            {
                Model = "free",
                TotalTokens = 5,
                Cost = 0,
            }, Span(2, 0) with { Model = "unknown", TotalTokens = 7 }, Span(3, 0) with { Model = "both", TotalTokens = 1 },
            Span(4, 0) with { Model = "both", TotalTokens = 1, Cost = 3 }));
        await store.SealAsync();
        var rows = await store.StatsAsync(new StatsQuery { Range = NanoRange.All, GroupBy = [GroupField.Model] });
        Assert.Equal(["both 3 1", "free 0 0", "unknown  1"], rows.Select(r => $"{r.Group[0]} {r.Cost} {r.UnpricedSpans}"));
    }

    private static long SpansOf(byte[] page, int traces)
    {
        if (BlockAggregates.Read(page, traces) is not { } sums) return -1;
        var marks = new TraceMarks(new int[traces]);
        var sum = new StatsCell();
        for (var cell = 0; cell < sums.Cells; cell++)
        {
            Assert.InRange(sums.GroupOf(cell), 0, sums.Groups - 1);
            sums.Add(cell, sum, ref marks);
        }
        Assert.False(marks.IsFaulty);
        return sum.Spans;
    }

    private static string Describe(StatsRow row) => StoreComparison.Json(new
    {
        row.BucketStartUnixNano,
        row.Group,
        row.Spans,
        row.Traces,
        row.Errors,
        row.Tokens,
        Cost = row.Cost?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        row.UnpricedSpans,
        Duration = Describe(row.Duration),
        FirstToken = Describe(row.TimeToFirstToken),
    });

    private static string Describe(QuantileSketch sketch) => $"{string.Join(' ', sketch.ToBuckets())} of {sketch.Count}, {sketch.Sum}, {sketch.Max}";

    private static async Task<List<BlockDirectory>> DirectoriesAsync(MemoryObjectStore disk)
    {
        var directories = new List<BlockDirectory>();
        foreach (var (name, content) in await ObjectCopies.ReadAsync(disk))
        {
            if (!name.StartsWith("o/blocks/", StringComparison.Ordinal)) continue;
            var (offset, length, crc) = BlockDirectory.ReadTrailer(name, content.Length, content.AsSpan(content.Length - BlockDirectory.Trailer));
            directories.Add(BlockDirectory.Read(name, offset, content.AsSpan((int)offset, length), crc));
        }
        return directories;
    }

    private static async Task<BlockAggregates> SumsAsync(MemoryObjectStore disk)
    {
        var name = (await ObjectCopies.ReadAsync(disk)).Keys.Single(n => n.StartsWith("o/blocks/", StringComparison.Ordinal));
        var length = (await disk.GetPropertiesAsync(name))!.Length;
        var block = await Block.OpenAsync(disk, new BlockCache(0), 1, name, length, CancellationToken.None);
        return (await block.AggregatesAsync(CancellationToken.None))!;
    }

    private static SpanRecord Span(int trace, long seconds) => new()
    {
        TraceId = new TraceId(1, (ulong)trace + 1),
        SpanId = new SpanId(1),
        StartUnixNano = 1_700_000_000_000_000_000 + (seconds * 1_000_000_000),
        EndUnixNano = 1_700_000_000_000_000_000 + (seconds * 1_000_000_000) + 5_000_000,
        Name = "chat",
        Model = "gpt-4o",
    };
}
