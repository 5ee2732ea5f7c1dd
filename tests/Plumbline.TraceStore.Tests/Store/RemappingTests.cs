using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Tests.Model;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Stored spans of an older mapping are brought up to the present one, whatever happens meanwhile.</summary>
public sealed class RemappingTests
{
    private const int Present = 3;
    private static readonly SpanStoreOptions Options = new() { SealSpans = 1_000_000, CompactSpans = 150, RecordPageBytes = 2000 };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Soak.Count(4))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Remap_BesideEverythingElse_LosesNothing_AndReachesEverySpan(int seed)
    {
        var random = new RandomSpans(seed);
        var objects = new MemoryObjectStore();
        var model = new NaiveStore();
        var store = await SpanStore.OpenAsync(objects, "o", Options);
        for (var round = 0; round < 80; round++)
        {
            var batch = Older(random);
            await store.AppendAsync(SpanBatch.Of(batch));
            model.Append(batch);
            if (random.Random.Next(4) == 0) await store.SealAsync();
            if (random.Random.Next(3) == 0) await store.RemapSomeAsync(Remap, Present, random.Random.Next(1, 3));
            if (random.Random.Next(9) == 0) await store.CompactAsync();
            if (random.Random.Next(9) == 0) await ForgetAsync(random, store, model);
            if (random.Random.Next(9) == 0)
            {
                await store.DisposeAsync();
                store = await SpanStore.OpenAsync(objects, "o", Options);
            }
            await SameTextsAsync(store, model);
            if (round % 20 == 19) await SettleAsync(store, model);
        }
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Remap_CrashBeforeAnyWrite_LosesNothing_AndGoesOnWhenOpenedAgain()
    {
        var whole = await LiveAsync(new FailingObjectStore(new MemoryObjectStore()));
        for (var crash = 3; crash < whole.Disk.Writes; crash++)
        {
            var disk = new MemoryObjectStore();
            var (_, model) = await LiveAsync(new FailingObjectStore(disk) { WritesLeft = crash });
            await using var store = await SpanStore.OpenAsync(disk, "o", Options);
            await SameTextsAsync(store, model);
            await SettleAsync(store, model);
        }
    }

    [Fact]
    public async Task Remap_NothingOlder_LooksAtNothing()
    {
        var disk = new FailingObjectStore(new MemoryObjectStore());
        await using var store = await SpanStore.OpenAsync(disk, "o", Options);
        await store.AppendAsync(SpanBatch.Of([.. new RandomSpans(1).Batch().Select(s => s with { MappingVersion = Present })]));
        await store.SealAsync();
        var writes = disk.Writes;
        Assert.False(store.HasMappedBefore(Present));
        Assert.False(await store.RemapSomeAsync(static (_, _) => throw new InvalidOperationException("A span was read."), Present, 1));
        Assert.True(store.HasMappedBefore(Present + 1));
        Assert.Equal(writes, disk.Writes);
    }

    [Fact]
    public async Task Remap_SpanMergedOfTwoVersions_IsAsOldAsTheOlder()
    {
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o", Options);
        var span = new RandomSpans(1).Span();
        await store.AppendAsync(SpanBatch.Of(span with { MappingVersion = 1 }));
        await store.AppendAsync(SpanBatch.Of(
            span with { MappingVersion = Present }, new RandomSpans(2).Span() with { TraceId = new(9, 9), MappingVersion = Present }));
        await store.SealAsync();
        Assert.True(store.HasMappedBefore(2));
        Assert.False(store.HasMappedBefore(1));
    }

    [Fact]
    public async Task Remap_BlocksThatDoNotTell_AreLookedAtOnce()
    {
        var disk = new MemoryObjectStore();
        await using (var written = await SpanStore.OpenAsync(disk, "o", Options))
        {
            await written.AppendAsync(SpanBatch.Of([.. new RandomSpans(1).Batch().Select(s => s with { MappingVersion = Present })]));
            await written.SealAsync();
        }
        var objects = await ObjectCopies.ReadAsync(disk);
        objects["o/blocks/0000000001"] = WithoutVersion(objects["o/blocks/0000000001"]);
        await using var store = await SpanStore.OpenAsync(await ObjectCopies.WriteAsync(objects), "o", Options);
        var looked = 0;
        Assert.True(store.HasMappedBefore(1));
        for (var round = 0; round < 2; round++)
        {
            Assert.False(await store.RemapSomeAsync((span, into) =>
            {
                looked++;
                return Remap(span, into);
            }, Present, 8));
        }
        Assert.Equal(store.Status.BlockSpans, looked);
    }

    [Fact]
    public async Task Remap_WhileABlockIsWritten_QueriesAndAppendsGoOn()
    {
        var disk = new HeldObjectStore(new MemoryObjectStore());
        await using var store = await SpanStore.OpenAsync(disk, "o", Options);
        var spans = new RandomSpans(3).Batch();
        await store.AppendAsync(SpanBatch.Of(spans));
        await store.SealAsync();
        disk.HoldPuts();
        var remapped = store.RemapSomeAsync(Remap, Present, 1).AsTask();
        var late = new RandomSpans(4).Span() with { TraceId = new(9, 9) };
        Assert.Equal(AppendResult.Stored, await store.AppendAsync(SpanBatch.Of(late)));
        foreach (var id in spans.Select(s => s.TraceId).Append(late.TraceId)) Assert.NotNull(await store.GetTraceAsync(id));
        disk.ReleasePuts();
        Assert.False(await remapped);
        Assert.All((await store.GetTraceAsync(spans[0].TraceId))!.Spans, s => Assert.Equal(Present, s.MappingVersion));
    }

    [Fact]
    public async Task Erase_WhileABlockIsMadeAnew_TakesTheTraceFromTheNewOne()
    {
        var memory = new MemoryObjectStore();
        var disk = new HeldObjectStore(memory);
        var (gone, kept) = (new TraceId(9, 1), new TraceId(9, 2));
        await using (var store = await SpanStore.OpenAsync(disk, "o", Options))
        {
            var span = new RandomSpans(3).Span();
            await store.AppendAsync(SpanBatch.Of(span with { TraceId = gone, Input = "to forget" }, span with { TraceId = kept }));
            await store.SealAsync();
            disk.HoldPuts();
            var remapped = store.RemapSomeAsync(Remap, Present, 1).AsTask();
            var erased = store.EraseTracesAsync([gone]).AsTask();
            disk.ReleasePuts();
            for (var more = await remapped; more; more = await store.RemapSomeAsync(Remap, Present, 1)) { } // the erasure may come first and replace the block
            Assert.Equal(1, await erased);
            Assert.Null(await store.GetTraceAsync(gone));
        }
        await using var again = await SpanStore.OpenAsync(memory, "o", Options);
        Assert.Null(await again.GetTraceAsync(gone));
        Assert.Equal(Present, Assert.Single((await again.GetTraceAsync(kept))!.Spans).MappingVersion);
    }

    private static byte[] WithoutVersion(byte[] block)
    {
        var (offset, length, crc) = BlockDirectory.ReadTrailer("block", block.Length, block.AsSpan(block.Length - BlockDirectory.Trailer));
        var directory = new ByteBuffer(4096);
        (BlockDirectory.Read("block", offset, block.AsSpan((int)offset, length), crc) with { OldestMapping = null }).Write(directory);
        return [.. block[..(int)offset], .. directory.Written, .. BlockDirectory.TrailerOf(offset, directory.Written)];
    }

    /// <summary>A mapping that takes one field from the name, and forgets another.</summary>
    private static bool Remap(SpanReader span, SpanBatchWriter into)
    {
        if ((span.Number(SpanNumber.MappingVersion) ?? 0) >= Present) return false;
        into.Add(Mapped(SpanRecord.From(span)));
        return true;
    }

    private static SpanRecord Mapped(SpanRecord span) => span with { ToolName = $"tool of {span.Name}", PromptName = null, MappingVersion = Present };

    private static SpanRecord[] Older(RandomSpans random) =>
        [.. random.Batch().Select(s => s with { MappingVersion = random.Random.Next(3) is > 0 and var version ? version : null })];

    private static async Task ForgetAsync(RandomSpans random, SpanStore store, NaiveStore model)
    {
        var (id, before) = (random.Trace(), random.Range().FromUnixNano - 7_200_000_000_000);
        if (random.Random.Next(2) == 0) Assert.Equal(model.Erase(t => t.Summary.TraceId == id), await store.EraseTraceAsync(id));
        else Assert.Equal(model.Erase(t => t.Summary.StartUnixNano < before), await store.DropBeforeAsync(before));
    }

    // What no mapping touches is the same at any moment.
    private static async Task SameTextsAsync(SpanStore store, NaiveStore model)
    {
        var found = new List<string>();
        foreach (var trace in model.Traces) found.AddRange((await store.GetTraceAsync(trace.Summary.TraceId))?.Spans.Select(Texts) ?? []);
        Assert.Equal(model.Spans.Select(Texts).Order(), found.Order());
        Assert.Equal(model.Traces.Count, (await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true, First = 1 })).TotalCount);
    }

    private static string Texts(SpanRecord s) => $"{s.TraceId} {s.SpanId} {s.Name} {s.Input} {s.AttributesJson} {s.InputTokens} {s.Cost} {s.EndUnixNano}";

    private static async Task SettleAsync(SpanStore store, NaiveStore model)
    {
        await store.SealAsync();
        while (await store.RemapSomeAsync(Remap, Present, 2)) { }
        Assert.False(store.HasMappedBefore(Present));
        model.Change(Mapped);
        foreach (var trace in model.Traces) await StoreComparison.SameTraceAsync(store, model, trace.Summary.TraceId);
        await StoreComparison.SameTracesAsync(store, model, new TraceQuery { WantTotalCount = true, First = 50 });
        await StoreComparison.SameStatsAsync(store, model, new StatsQuery { Range = NanoRange.All, GroupBy = [GroupField.Tool] });
    }

    private static async Task<(FailingObjectStore Disk, NaiveStore Model)> LiveAsync(FailingObjectStore disk)
    {
        var random = new RandomSpans(5, traces: 24);
        var model = new NaiveStore();
        try
        {
            await using var store = await SpanStore.OpenAsync(disk, "o", Options);
            for (var round = 0; round < 18; round++)
            {
                var batch = Older(random);
                await store.AppendAsync(SpanBatch.Of(batch));
                model.Append(batch);
                if (round % 3 == 2) await store.SealAsync();
                if (round % 4 == 3) await store.RemapSomeAsync(Remap, Present, 1);
            }
            while (await store.RemapSomeAsync(Remap, Present, 1)) { }
        }
        catch (StorageUnavailableException)
        {
            Assert.True(disk.WritesLeft < 0);
        }
        return (disk, model);
    }
}
