using System.Text.Json;
using Plumbline.ObjectStore;
using Plumbline.TraceStore.Tests.Model;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Spans that are taken out of the store roll up as they do in it.</summary>
public sealed class TraceDataTests
{
    [Fact]
    public async Task RolledUpApart_IsWhatAStoreOfTheseSpansAloneSays()
    {
        var random = new RandomSpans(Soak.FirstSeed, traces: 20);
        await using var all = await SpanStore.OpenAsync(new MemoryObjectStore(), "all");
        await all.AppendAsync(SpanBatch.Of([.. Enumerable.Range(0, 200).Select(_ => random.Span())]));
        var traces = (await all.QueryTracesAsync(new TraceQuery { First = 50 })).Traces;
        Assert.NotEmpty(traces);
        foreach (var hit in traces)
        {
            var whole = (await all.GetTraceAsync(hit.Trace.TraceId))!;
            AssertSame(whole, await TraceData.OfAsync(whole.Spans));
            SpanRecord[] some = [.. whole.Spans.Where((_, i) => i % 2 == 0)];
            await using var alone = await SpanStore.OpenAsync(new MemoryObjectStore(), "alone");
            await alone.AppendAsync(SpanBatch.Of(some));
            AssertSame((await alone.GetTraceAsync(hit.Trace.TraceId))!, await TraceData.OfAsync(some));
        }
    }

    [Fact]
    public async Task OfNoSpans_IsNoTrace() => Assert.Null(await TraceData.OfAsync([]));

    private static void AssertSame(TraceData expected, TraceData? actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
