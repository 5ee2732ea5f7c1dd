using System.Buffers.Binary;
using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.TraceStore.Tests.Model;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Objects of the log that are written over older ones.</summary>
public sealed class WalReuseTests
{
    private const string Log = "o/wal/0000000003";
    private static readonly SpanStoreOptions Options = new() { MinSpareLogBytes = 1 };

    [Fact]
    public async Task Seal_UnderLoad_WritesTheNextLogOverASpareOne()
    {
        var (objects, ends) = await WrittenAsync();
        Assert.Equal(["o/blocks/0000000001", "o/blocks/0000000002", "o/manifest", "o/wal/0000000002", Log], objects.Keys.Order(StringComparer.Ordinal));
        Assert.True(objects[Log].Length > ends[^1] + 1000);
    }

    [Fact]
    public async Task Open_LogOverAnother_TailCutAtAnyByte_KeepsTheBatchesThatAreWhole()
    {
        var (objects, ends) = await WrittenAsync();
        for (var length = 0; length <= objects[Log].Length; length += length > ends[^1] + 40 ? 97 : 1)
        {
            var whole = ends.Count(e => e <= length);
            Assert.Equal(2 + whole, await TracesAsync(await ObjectCopies.WriteAsync(objects, Log, objects[Log][..length])));
        }
    }

    [Fact]
    public async Task Open_LogOverAnother_AnyByteFlipped_KeepsThePrefixOrNamesObjectAndOffset()
    {
        var (objects, ends) = await WrittenAsync();
        for (var at = 0; at < objects[Log].Length; at += at > ends[^1] + 40 ? 97 : 1)
        {
            var before = ends.Count(e => e <= at);
            var store = await ObjectCopies.WriteAsync(objects, Log, ObjectCopies.Flip(objects[Log], at, 0x10));
            if (before >= ends.Count - 1)
            {
                Assert.Equal(2 + before, await TracesAsync(store));
                continue;
            }
            var error = await Assert.ThrowsAsync<WalCorruptedException>(() => SpanStore.OpenAsync(store, "o"));
            Assert.Equal(Log, error.ObjectName);
            Assert.InRange(error.Offset, before == 0 ? 0 : ends[before - 1], at);
        }
    }

    // Frames that share a flush may reach the disk in any order; none of them was acknowledged.
    [Fact]
    public async Task Open_HoleInWhatWasNeverAcknowledged_KeepsThePrefix()
    {
        var log = new byte[8];
        BitConverter.TryWriteBytes(log, 1L);
        var parts = new List<byte[]> { WalFrames.HeaderOf(1, 0, WalFrameType.Header, log), log };
        var acknowledged = parts.Sum(p => p.Length);
        for (var i = 1; i <= 3; i++)
        {
            var batch = SpanBatch.Of(Span(i)).Bytes.ToArray();
            parts.AddRange([WalFrames.HeaderOf(1, acknowledged, WalFrameType.Batch, batch), batch]);
            if (i == 1) acknowledged = parts.Sum(p => p.Length);
        }
        var content = parts.SelectMany(p => p).ToArray();
        content[acknowledged + 30] ^= 1;
        var store = new MemoryObjectStore();
        await store.PutAsync("o/wal/0000000001", content);
        Assert.Equal(1, await TracesAsync(store));
    }

    // A write that is cut off after the type leaves the rest of the header as an earlier object had it.
    [Fact]
    public void Read_TypeOfThisObjectBeforeTheRestOfAnEarlierFrame_IsNoFrame()
    {
        for (var number = 2; number < 300; number++)
        {
            for (var earlier = 1; earlier < number; earlier++)
            {
                for (var type = WalFrameType.Batch; type <= WalFrameType.DropTraces; type++)
                {
                    var frame = WalFrames.HeaderOf(earlier, 32, type, default);
                    for (var other = WalFrameType.Batch; other <= WalFrameType.DropTraces; other++)
                    {
                        frame[4] = (byte)other;
                        Assert.NotNull(WalFrames.TryRead(number, frame, 0, out _));
                    }
                }
            }
        }
    }

    // A checksum over each of them would take minutes.
    [Theory]
    [InlineData(1L)]
    [InlineData(null)]
    public void WasAcknowledged_TextFullOfWhatLooksLikeFrames_IsGivenUpOn(long? number)
    {
        var header = number is { } n ? WalFrames.HeaderOf(n, 1, WalFrameType.Batch, default) : WalFrames.OldHeaderOf(WalFrameType.Batch, default);
        var log = new byte[16 << 20];
        for (var from = 0; from + header.Length <= log.Length; from += header.Length)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), log.Length - from - header.Length);
            header.CopyTo(log, from);
        }
        Assert.False(WalFrames.WasAcknowledged(number, log, 0));
    }

    [Fact]
    public async Task Seal_AppendsBesideIt_AllAreThereAfterARestart()
    {
        var disk = new MemoryObjectStore();
        await using (var store = await SpanStore.OpenAsync(disk, "o", Options))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; i < 25; i++)
                {
                    await store.AppendAsync(SpanBatch.Of(Span((writer * 25) + i + 1)));
                    if (i % 5 == writer) await store.SealAsync();
                }
            })));
        }
        Assert.Equal(100, await TracesAsync(disk));
    }

    /// <summary>Small batches never make up a block's worth of bytes before the object takes no more appends.</summary>
    [Fact]
    public async Task Append_ObjectTakesFewAppends_GoesOnInTheNext()
    {
        var disk = new MemoryObjectStore();
        var limited = new LimitedObjectStore(disk, mostAppends: 6, nearlyFull: 6);
        await using (var store = await SpanStore.OpenAsync(limited, "o", Options))
        {
            for (var i = 1; i <= 50; i++)
            {
                await store.AppendAsync(SpanBatch.Of(Span(i)));
                if (i % 5 == 0) await limited.OpenedAsync(1 + i / 5); // each begins with a frame of its own
            }
        }
        Assert.Equal(50, await TracesAsync(disk));
    }

    [Fact]
    public async Task Housekeeping_NothingArrivesForALongTime_LeavesNoOldBytes()
    {
        var disk = new MemoryObjectStore();
        var clock = new ManualTimeProvider();
        await using var store = await SpanStore.OpenAsync(disk, "o", Options, clock);
        for (var i = 1; i <= 4; i++)
        {
            await store.AppendAsync(SpanBatch.Of(Span(i) with { Input = new string('x', 3000) }));
            await store.SealAsync();
        }
        Assert.True(await LogBytesAsync(disk) > 1000);
        for (var i = 0; i < 12 && await LogBytesAsync(disk) > 100; i++)
        {
            clock.Advance(Options.SealAge / 4);
            await store.SealAsync(); // waits for the housekeeping that the clock set off
        }
        Assert.InRange(await LogBytesAsync(disk), 1, 100);
        Assert.Equal(4, (await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount);
    }

    // Two sealed logs, the third of which is written over the first; short batches, so that much of the old one is left.
    private static async Task<(Dictionary<string, byte[]> Objects, List<int> Ends)> WrittenAsync()
    {
        var store = new MemoryObjectStore();
        var ends = new List<int>();
        var opened = await SpanStore.OpenAsync(store, "o", Options);
        for (var i = 1; i <= 2; i++)
        {
            await opened.AppendAsync(SpanBatch.Of(Span(i) with { Input = new string('x', 3000) }));
            await opened.SealAsync();
        }
        for (var i = 3; i <= 6; i++)
        {
            var batch = SpanBatch.Of(Short(i));
            await opened.AppendAsync(batch);
            ends.Add((ends.Count == 0 ? WalFrames.Header + 8 : ends[^1]) + WalFrames.Header + batch.Bytes.Length);
        }
        var objects = await ObjectCopies.ReadAsync(store); // as a crash leaves them: closing would cut the rest
        await opened.DisposeAsync();
        return (objects, ends);
    }

    private static async Task<long> LogBytesAsync(MemoryObjectStore disk) =>
        (await ObjectCopies.ReadAsync(disk)).Where(o => o.Key.Contains("/wal/", StringComparison.Ordinal)).Sum(o => (long)o.Value.Length);

    private static SpanRecord Span(int trace) => new RandomSpans(trace).Span() with { TraceId = new TraceId(1, (ulong)trace) };

    private static SpanRecord Short(int trace) =>
        new()
        {
            TraceId = new TraceId(1, (ulong)trace),
            SpanId = new SpanId(1),
            StartUnixNano = 1_700_000_000_000_000_000,
            EndUnixNano = 1_700_000_000_500_000_000,
            Name = "short",
        };

    private static async Task<int> TracesAsync(IObjectStore store)
    {
        await using var opened = await SpanStore.OpenAsync(store, "o");
        return (await opened.QueryTracesAsync(new TraceQuery { WantTotalCount = true })).TotalCount!.Value;
    }
}
