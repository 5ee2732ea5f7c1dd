using Plumbline.ObjectStore;
using Plumbline.TraceStore.Tests.Model;

namespace Plumbline.TraceStore.Tests.Store;

public sealed class WalTailTests
{
    private const string Log = "o/wal/0000000001";

    [Fact]
    public async Task Open_TailCutAtAnyByte_KeepsTheBatchesThatAreWhole()
    {
        var (objects, ends) = await WrittenAsync();
        for (var length = 0; length <= objects[Log].Length; length++)
        {
            var whole = ends.Count(e => e <= length);
            Assert.Equal(whole, await TracesAsync(await ObjectCopies.WriteAsync(objects, Log, objects[Log][..length])));
        }
    }

    [Fact]
    public async Task Open_AnyByteFlipped_KeepsThePrefixOrNamesObjectAndOffset()
    {
        var (objects, ends) = await WrittenAsync();
        for (var at = 0; at < objects[Log].Length; at++)
        {
            var before = ends.Count(e => e <= at);
            var store = await ObjectCopies.WriteAsync(objects, Log, ObjectCopies.Flip(objects[Log], at, 0x10));
            if (before == ends.Count - 1)
            {
                Assert.Equal(before, await TracesAsync(store));
                continue;
            }
            var error = await Assert.ThrowsAsync<WalCorruptedException>(() => SpanStore.OpenAsync(store, "o"));
            Assert.Equal(Log, error.ObjectName);
            Assert.InRange(error.Offset, before == 0 ? 0 : ends[before - 1], at);
        }
    }

    [Fact]
    public async Task Open_AfterATornTail_AppendsAndOpensAgain()
    {
        var (objects, ends) = await WrittenAsync();
        var store = await ObjectCopies.WriteAsync(objects, Log, objects[Log][..(ends[1] + 5)]);
        await using (var opened = await SpanStore.OpenAsync(store, "o")) await opened.AppendAsync(SpanBatch.Of(Span(9)));
        Assert.Equal(3, await TracesAsync(store));
        Assert.Equal(3, await TracesAsync(store));
    }

    // One trace a batch.
    private static async Task<(Dictionary<string, byte[]> Objects, List<int> Ends)> WrittenAsync()
    {
        var store = new MemoryObjectStore();
        var ends = new List<int>();
        await using (var opened = await SpanStore.OpenAsync(store, "o"))
        {
            for (var i = 1; i <= 4; i++)
            {
                await opened.AppendAsync(SpanBatch.Of(Span(i)));
                ends.Add((int)(await store.GetPropertiesAsync(Log))!.Length);
            }
        }
        return (await ObjectCopies.ReadAsync(store), ends);
    }

    private static SpanRecord Span(int trace) => new RandomSpans(trace).Span() with { TraceId = new TraceId(1, (ulong)trace) };

    private static async Task<int> TracesAsync(IObjectStore store)
    {
        await using var opened = await SpanStore.OpenAsync(store, "o");
        var page = await opened.QueryTracesAsync(new TraceQuery { WantTotalCount = true });
        Assert.Equal(
            Enumerable.Range(1, 9).Select(i => new TraceId(1, (ulong)i)).Where(i => page.Traces.Any(t => t.Trace.TraceId == i)).Count(),
            page.TotalCount);
        return page.TotalCount!.Value;
    }
}
