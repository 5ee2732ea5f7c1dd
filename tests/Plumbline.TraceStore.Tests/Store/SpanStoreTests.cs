using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.TraceStore.Store;

namespace Plumbline.TraceStore.Tests.Store;

public sealed class SpanStoreTests
{
    [Fact]
    public async Task EraseUser_SpansInHeadLogAndBlocks_LeaveTheDisk()
    {
        var disk = new MemoryObjectStore();
        await using var store = await SpanStore.OpenAsync(disk, "o");
        var ids = new List<TraceId>();
        for (var i = 1; i <= 6; i++)
        {
            var id = new TraceId(0xDEADBEEF00000000 + (ulong)i, 77);
            ids.Add(id);
            await store.AppendAsync(SpanBatch.Of(Span(id, 1) with { UserId = "gone" }, Span(new TraceId(5, (ulong)i), 1) with { UserId = "stays" }));
            if (i == 3) await store.SealAsync();
        }
        Assert.Equal(6, await store.EraseUserAsync("gone"));
        await AssertGoneAsync(disk, [.. ids]);
        Assert.Equal(6, (await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount);
    }

    [Fact]
    public async Task EraseTraces_OfHeadAndBlocks_LeaveTheDisk_AndStayAway()
    {
        var disk = new MemoryObjectStore();
        var ids = Enumerable.Range(1, 40).Select(i => new TraceId(0xDEADBEEF00000000 + (ulong)i, 77)).ToArray();
        await using (var store = await SpanStore.OpenAsync(disk, "o"))
        {
            foreach (var id in ids)
            {
                await store.AppendAsync(SpanBatch.Of(Span(id, 1), Span(id, 2) with { UserId = "ann" }));
                if (id == ids[20]) await store.SealAsync();
            }
            Assert.Equal(40, (await store.TracesOfUserAsync("ann")).Count);
            Assert.Equal(60, await store.EraseTracesAsync(ids[5..35]));
            Assert.Equal(0, await store.EraseTracesAsync(ids[5..35]));
        }
        await AssertGoneAsync(disk, ids[5..35]);
        await using var opened = await SpanStore.OpenAsync(disk, "o");
        Assert.Equal([.. ids[..5], .. ids[35..]], (await opened.TracesOfUserAsync("ann")).Order());
    }

    [Fact]
    public async Task EraseTraces_WithoutIds_FinishesWhatWasLeftUndone()
    {
        var disk = new MemoryObjectStore();
        await using var store = await SpanStore.OpenAsync(disk, "o");
        var ids = Enumerable.Range(1, 10).Select(i => new TraceId(0xDEADBEEF00000000 + (ulong)i, 77)).ToArray();
        await store.AppendAsync(SpanBatch.Of([.. ids.Select((id, i) => Span(id, 1) with { StartUnixNano = 1000 + i, EndUnixNano = 2000 })]));
        await store.SealAsync();
        var before = (await ObjectCopies.ReadAsync(disk)).Keys.Single(IsBlock);
        Assert.Equal(1, await store.DropBeforeAsync(1001)); // too little of the block to rewrite it
        Assert.Equal(before, (await ObjectCopies.ReadAsync(disk)).Keys.Single(IsBlock));
        Assert.Equal(0, await store.EraseTracesAsync([]));
        Assert.NotEqual(before, (await ObjectCopies.ReadAsync(disk)).Keys.Single(IsBlock));
        await AssertGoneAsync(disk, ids[..1]);
        Assert.Equal(9, (await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount);
    }

    private static bool IsBlock(string name) => name.Contains("/blocks/", StringComparison.Ordinal);

    private static async Task AssertGoneAsync(MemoryObjectStore disk, TraceId[] ids)
    {
        foreach (var (name, content) in await ObjectCopies.ReadAsync(disk))
        {
            foreach (var id in ids)
            {
                var bytes = new byte[TraceId.Size];
                id.Write(bytes);
                Assert.True(content.AsSpan().IndexOf(bytes) < 0, name);
            }
        }
    }

    [Fact]
    public async Task DropBefore_WholeBlock_DeletesIt()
    {
        var disk = new MemoryObjectStore();
        await using var store = await SpanStore.OpenAsync(disk, "o");
        await store.AppendAsync(SpanBatch.Of(Span(new TraceId(1, 1), 1) with { StartUnixNano = 1000, EndUnixNano = 2000 }));
        await store.SealAsync();
        await store.AppendAsync(SpanBatch.Of(Span(new TraceId(1, 2), 1) with { StartUnixNano = 5000, EndUnixNano = 6000 }));
        await store.SealAsync();
        Assert.Equal(1, await store.DropBeforeAsync(3000));
        Assert.Equal(1, store.Status.Blocks);
        Assert.Null(await store.GetTraceAsync(new TraceId(1, 1)));
        Assert.NotNull(await store.GetTraceAsync(new TraceId(1, 2)));
    }

    [Fact]
    public async Task Transform_StoredSpans_AreMadeAnew()
    {
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o");
        await store.AppendAsync(SpanBatch.Of(
            Span(new TraceId(1, 1), 1) with { Model = "a-very-long-name" }, Span(new TraceId(1, 2), 1) with { Model = "other" }));
        var changed = await store.TransformAsync((span, writer) =>
        {
            if (!span.Text(SpanText.Model).SequenceEqual("a-very-long-name"u8)) return false;
            writer.Add(SpanRecord.From(span) with { Model = "short" });
            return true;
        });
        Assert.Equal(1, changed);
        Assert.Equal("short", (await store.GetTraceAsync(new TraceId(1, 1)))!.Spans[0].Model);
        Assert.Equal(["short"], (await store.GetTraceAsync(new TraceId(1, 1)))!.Summary.Models);
    }

    [Fact]
    public async Task Watch_ChangesThatMatch_AreToldOnceGathered()
    {
        var clock = new ManualTimeProvider();
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o", clock: clock);
        using var stop = new CancellationTokenSource();
        var changes = store.WatchAsync(
            new TraceCondition { Environment = new TextCondition { Eq = "production" } }, cancellationToken: stop.Token).GetAsyncEnumerator(stop.Token);
        var next = changes.MoveNextAsync().AsTask();
        await store.AppendAsync(SpanBatch.Of(
            Span(new TraceId(1, 1), 1) with { Environment = "production" }, Span(new TraceId(1, 2), 1) with { Environment = "staging" }));
        await store.AppendAsync(SpanBatch.Of(Span(new TraceId(1, 1), 2)));
        await clock.AdvanceUntilAsync(next, TimeSpan.FromSeconds(1));
        Assert.True(await next);
        var trace = Assert.Single(changes.Current.Traces);
        Assert.Equal((new TraceId(1, 1), 2), (trace.TraceId, trace.SpanCount));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await changes.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_ByOneWhoWasAway_TellsOfThatTimeFirst()
    {
        var clock = new ManualTimeProvider();
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o", clock: clock);
        SpanRecord Started(ulong trace, long at) =>
            Span(new TraceId(1, trace), 1) with { StartUnixNano = at, EndUnixNano = at + 1, Environment = "production" };
        await store.AppendAsync(SpanBatch.Of(Started(1, 100), Started(2, 200), Started(3, 300) with { Environment = "staging" }));
        using var stop = new CancellationTokenSource();
        var where = new TraceCondition { Environment = new TextCondition { Eq = "production" } };
        var changes = store.WatchAsync(where, new NanoRange(150, long.MaxValue), stop.Token).GetAsyncEnumerator(stop.Token);
        var next = changes.MoveNextAsync().AsTask();
        await clock.AdvanceUntilAsync(next, TimeSpan.FromSeconds(1));
        Assert.True(await next);
        Assert.Equal(new TraceId(1, 2), Assert.Single(changes.Current.Traces).TraceId);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await changes.MoveNextAsync());
    }

    [Fact]
    public async Task Append_ManyWritersReadersAndSeals_KeepEverySpanOnce()
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-store-");
        try
        {
            var options = new SpanStoreOptions { SealSpans = 200, CompactSpans = 2000 };
            using (var disk = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = folder.FullName }))
            {
                await using (var store = await SpanStore.OpenAsync(disk, "o", options)) await WriteAsync(store);
                await using var again = await SpanStore.OpenAsync(disk, "o", options);
                Assert.Equal(8 * 40, (await again.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount);
                Assert.Equal(8 * 40 * 5, (await again.QuerySpansAsync(new SpanQuery { WantTotalCount = true })).TotalCount);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Append_MoreThanMayWait_IsRefusedAsOverloaded()
    {
        var disk = new HeldObjectStore(new MemoryObjectStore());
        await using var store = await SpanStore.OpenAsync(disk, "o", new SpanStoreOptions { MaxPendingBatches = 2 });
        disk.Hold();
        var first = store.AppendAsync(SpanBatch.Of(Span(new TraceId(1, 1), 1))).AsTask();
        var second = store.AppendAsync(SpanBatch.Of(Span(new TraceId(1, 2), 1))).AsTask();
        Assert.Equal(AppendResult.Overloaded, await store.AppendAsync(SpanBatch.Of(Span(new TraceId(1, 3), 1))));
        Assert.True(store.Status.PendingBytes > 0);
        disk.Release();
        Assert.Equal([AppendResult.Stored, AppendResult.Stored], await Task.WhenAll(first, second));
        Assert.Null(await store.GetTraceAsync(new TraceId(1, 3)));
    }

    [Fact]
    public async Task Open_LimitsOutOfRange_NamesThemAll()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() =>
            SpanStore.OpenAsync(new MemoryObjectStore(), "o", new SpanStoreOptions { SealSpans = 0, MaxPageSize = -1 }));
        Assert.Contains("SealSpans is 0", error.Message);
        Assert.Contains("MaxPageSize is -1", error.Message);
        Assert.Empty(new SpanStoreOptions().Faults());
    }

    [Fact]
    public async Task Append_HeadIsFullOrOld_IsSealedByItself()
    {
        var clock = new ManualTimeProvider();
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o", new SpanStoreOptions { SealSpans = 10 }, clock);
        await store.AppendAsync(SpanBatch.Of([.. Enumerable.Range(1, 10).Select(i => Span(new TraceId(1, (ulong)i), 1))]));
        while (store.Status.Blocks < 1) await Task.Yield();
        await store.AppendAsync(SpanBatch.Of(Span(new TraceId(2, 1), 1)));
        clock.Advance(TimeSpan.FromMinutes(11));
        while (store.Status.Blocks < 2) await Task.Yield();
        Assert.Equal((0, 11), (store.Status.HeadSpans, store.Status.BlockSpans));
    }

    [Fact]
    public async Task Head_BegunByASpanOfAnOldTrace_IsAsYoungAsThatSpan()
    {
        var clock = new ManualTimeProvider();
        var segments = new SegmentSet(clock, new Quarantine(NullLogger.Instance));
        await segments.InsertAsync(SpanBatch.Of(Span(new TraceId(1, 1), 1)));
        segments.Freeze();
        await segments.InsertAsync(SpanBatch.Of(Span(new TraceId(1, 1), 2)));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal((2, TimeSpan.FromMinutes(3)), (segments.HeadSize().Spans, segments.HeadSize().Age));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("////////////////////////////////////////////")]
    public async Task Query_ForeignCursor_IsRefused(string cursor)
    {
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o");
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await store.QueryTracesAsync(new TraceQuery { After = cursor }));
        await Assert.ThrowsAsync<InvalidQueryException>(async () => await store.QueryTracesAsync(new TraceQuery { First = 0 }));
        await Assert.ThrowsAsync<InvalidQueryException>(async () =>
            await store.StatsAsync(new StatsQuery { Range = NanoRange.All, GroupBy = [GroupField.Tag] }));
    }

    // Eight writers give five spans to each of their traces in different orders, while others ask.
    private static async Task WriteAsync(SpanStore store)
    {
        var writing = Enumerable.Range(0, 8).Select(async writer =>
        {
            var spans = Enumerable.Range(0, 40 * 5).Select(i =>
                Span(new TraceId((ulong)writer + 1, (ulong)(i / 5) + 1), i % 5)).OrderBy(_ => Random.Shared.Next()).ToArray();
            foreach (var span in spans)
            {
                await Task.Yield();
                while (await store.AppendAsync(SpanBatch.Of(span)) == AppendResult.Overloaded) await Task.Yield();
                var trace = await store.GetTraceAsync(span.TraceId);
                Assert.Contains(trace!.Spans, s => s.SpanId == span.SpanId);
                Assert.Equal(trace.Spans.Count, trace.Summary.SpanCount);
            }
        });
        await Task.WhenAll(writing);
    }

    private static SpanRecord Span(TraceId trace, int span) => new()
    {
        TraceId = trace,
        SpanId = new SpanId((ulong)span + 1),
        ParentSpanId = new SpanId((ulong)span),
        StartUnixNano = 1_700_000_000_000_000_000 + span,
        EndUnixNano = 1_700_000_001_000_000_000,
        Name = "chat",
    };
}
