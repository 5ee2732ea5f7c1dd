using System.Text;
using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.TraceStore.Blocks;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>A damaged block that was restored from a copy brings back nothing that was erased meanwhile, and doubles nothing that went on without it.</summary>
public sealed class ReturnedBlockTests
{
    private const string Damaged = "o/blocks/0000000001";

    private static readonly TraceId Mallorys = new(1, 1), Alices = new(1, 2);

    [Theory]
    [InlineData("trace")]
    [InlineData("user")]
    [InlineData("user", false)]
    public async Task Erase_InAQuarantinedBlock_StaysErasedWhenItReturns(string what, bool isKnownDamaged = true)
    {
        var disk = new MemoryObjectStore();
        var copy = await FillAsync(disk);
        await using (var store = await OpenAsync(disk))
        {
            await DamageAsync(disk, copy);
            if (isKnownDamaged) await QuarantineAsync(store);
            await EraseAsync(store, what);
            Assert.Equal([Damaged], store.Status.Quarantined);
        }
        Assert.DoesNotContain("mallory", Encoding.UTF8.GetString((await disk.GetAsync("o/manifest"))!.Content), StringComparison.Ordinal);
        await disk.PutAsync(Damaged, copy);
        await using (var store = await OpenAsync(disk))
        {
            Assert.Empty(store.Status.Quarantined);
            Assert.Null(await store.GetTraceAsync(Mallorys));
            Assert.NotNull(await store.GetTraceAsync(Alices));
            Assert.Equal(what == "user" ? [Mallorys] : [], store.ErasedByOpening);
            await store.SealAsync();
            await store.CompactAsync();
            foreach (var (name, content) in await ObjectCopies.ReadAsync(disk)) Assert.True(content.AsSpan().IndexOf("mallory"u8) < 0, name);
            var id = new byte[TraceId.Size];
            Mallorys.Write(id);
            Assert.DoesNotContain(await ObjectCopies.ReadAsync(disk), o => o.Value.AsSpan().IndexOf(id) >= 0);
            Assert.DoesNotContain("missed", Encoding.UTF8.GetString((await disk.GetAsync("o/manifest"))!.Content), StringComparison.Ordinal);
        }
        await using var again = await OpenAsync(disk);
        Assert.Null(await again.GetTraceAsync(Mallorys));
        Assert.NotNull(await again.GetTraceAsync(Alices));
        Assert.Empty(again.ErasedByOpening);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task LateSpan_OfATraceInAQuarantinedBlock_IsOneTraceWhenItReturns(bool isMovedBefore, bool isSealed)
    {
        var disk = new MemoryObjectStore();
        var copy = await FillAsync(disk);
        await using (var store = await OpenAsync(disk))
        {
            if (isMovedBefore) await store.AppendAsync(SpanBatch.Of(Span(Alices, 2, "alice")));
            await DamageAsync(disk, copy);
            await QuarantineAsync(store);
            await store.SealAsync();
            await store.AppendAsync(SpanBatch.Of(Span(Alices, 3, "alice")));
            if (isSealed) await store.SealAsync();
        }
        await disk.PutAsync(Damaged, copy);
        for (var opened = 0; opened < 3; opened++)
        {
            await using var store = await OpenAsync(disk);
            var page = await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true });
            Assert.Equal(2, page.TotalCount);
            Assert.Equal(isMovedBefore ? 3 : 2, (await store.GetTraceAsync(Alices))!.Spans.Count);
            if (opened == 1) await store.SealAsync();
        }
    }

    [Fact]
    public async Task Drop_FromABlockThatHasJustReturned_OutlastsACrash()
    {
        var disk = new MemoryObjectStore();
        var copy = await FillAsync(disk);
        await using (var store = await OpenAsync(disk))
        {
            await DamageAsync(disk, copy);
            await QuarantineAsync(store);
            await store.EraseTraceAsync(new TraceId(9, 9));
        }
        await disk.PutAsync(Damaged, copy);
        await using var returned = await OpenAsync(disk);
        Assert.Equal(2, await returned.DropBeforeAsync(long.MaxValue));
        await using var again = await OpenAsync(await ObjectCopies.WriteAsync(await ObjectCopies.ReadAsync(disk)));
        Assert.Empty((await again.QueryTracesAsync(new TraceQuery())).Traces);
    }

    // Nothing but the log says what was dropped, and a block of which little is dropped is not rewritten: a replay that meets the damage has to note it.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Drop_StillInTheLogWhenTheBlockIsDamaged_HoldsWhenItReturnsAfterACrash(bool isFoundBefore, bool isLate)
    {
        var disk = new MemoryObjectStore();
        byte[] copy;
        await using (var store = await OpenAsync(disk))
        {
            await store.AppendAsync(SpanBatch.Of([.. Enumerable.Range(1, 4).Select(i => Span(new TraceId(1, (ulong)i), i, "user"))]));
            await store.SealAsync();
            copy = (await disk.GetAsync(Damaged))!.Content;
            Assert.Equal(1, await store.DropBeforeAsync(Span(Mallorys, 2, "").StartUnixNano));
            if (isLate) await store.AppendAsync(SpanBatch.Of(Span(Mallorys, 9, "mallory")));
            await DamageAsync(disk, copy);
            if (isFoundBefore) await QuarantineAsync(store);
            disk = await ObjectCopies.WriteAsync(await ObjectCopies.ReadAsync(disk));
        }
        await using (var store = await OpenAsync(disk))
        {
            Assert.Equal([Damaged], store.Status.Quarantined);
            await store.AppendAsync(SpanBatch.Of(Span(new TraceId(2, 1), 1, "other")));
            await store.SealAsync();
        }
        await disk.PutAsync(Damaged, copy);
        for (var opened = 0; opened < 2; opened++)
        {
            await using var store = await OpenAsync(disk);
            Assert.Empty(store.Status.Quarantined);
            Assert.Equal(isLate ? [new SpanId(9)] : null, (await store.GetTraceAsync(Mallorys))?.Spans.Select(s => s.SpanId));
            Assert.NotNull(await store.GetTraceAsync(Alices));
            await store.SealAsync();
        }
    }

    [Fact]
    public async Task Return_StoppedAtAnyWrite_IsFinishedByTheNextOpening()
    {
        for (var stop = 0; ; stop++)
        {
            var disk = new MemoryObjectStore();
            var copy = await FillAsync(disk);
            await using (var store = await OpenAsync(disk))
            {
                await DamageAsync(disk, copy);
                await QuarantineAsync(store);
                await store.EraseUserAsync("mallory");
                await store.AppendAsync(SpanBatch.Of(Span(Alices, 2, "alice")));
                await store.SealAsync();
            }
            await disk.PutAsync(Damaged, copy);
            var failing = new FailingObjectStore(disk) { WritesLeft = stop };
            var finished = true;
            await using (var store = await SpanStore.OpenAsync(failing, "o"))
            {
                try
                {
                    await store.SealAsync();
                    await store.CompactAsync();
                }
                catch (StorageUnavailableException)
                {
                    finished = false;
                }
                await SoundAsync(store);
            }
            await using (var again = await OpenAsync(disk)) await SoundAsync(again);
            if (finished) return;
        }
    }

    private static async Task SoundAsync(SpanStore store)
    {
        Assert.Null(await store.GetTraceAsync(Mallorys));
        Assert.Equal(1, (await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount);
        Assert.Equal(2, (await store.GetTraceAsync(Alices))!.Spans.Count);
    }

    private static Task<SpanStore> OpenAsync(IObjectStore disk) => SpanStore.OpenAsync(disk, "o", new SpanStoreOptions { CacheBytes = 0 });

    private static async Task<byte[]> FillAsync(MemoryObjectStore disk)
    {
        await using var store = await OpenAsync(disk);
        await store.AppendAsync(SpanBatch.Of(Span(Mallorys, 1, "mallory"), Span(Alices, 1, "alice")));
        await store.SealAsync();
        return (await disk.GetAsync(Damaged))!.Content;
    }

    // Every page's checksum is wrong then; the directory is not.
    private static async Task DamageAsync(MemoryObjectStore disk, byte[] block)
    {
        var damaged = block.ToArray();
        var directory = (int)BitConverter.ToInt64(damaged.AsSpan(damaged.Length - BlockDirectory.Trailer));
        for (var at = 8; at < directory; at++) damaged[at] ^= 0x55;
        await disk.PutAsync(Damaged, damaged);
    }

    private static async Task QuarantineAsync(SpanStore store)
    {
        await store.StatsAsync(new StatsQuery { Range = NanoRange.All });
        await store.QueryTracesAsync(new TraceQuery());
        Assert.Equal([Damaged], store.Status.Quarantined);
    }

    private static async Task EraseAsync(SpanStore store, string what)
    {
        if (what == "trace") await store.EraseTraceAsync(Mallorys);
        else await store.EraseUserAsync("mallory");
    }

    private static SpanRecord Span(TraceId trace, int span, string user) => new()
    {
        TraceId = trace,
        SpanId = new SpanId((ulong)span),
        StartUnixNano = 1_700_000_000_000_000_000 + span,
        EndUnixNano = 1_700_000_001_000_000_000,
        Name = "chat",
        Input = "hello",
        UserId = user,
    };
}
