using Plumbline.ObjectStore;
using Plumbline.Otlp.Tests.Captured;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Remapping;

/// <summary>Spans that log records were joined to in the store.</summary>
public sealed class LogRemapTests
{
    public static TheoryData<string> Entries =>
        [.. Captures.Entries.Where(e => Captures.Bodies(e).Any(b => b.Signal == OtlpSignal.Logs)).Select(e => e.GetProperty("id").GetString()!)];

    [Theory, MemberData(nameof(Entries))]
    public async Task Span_WithItsLogRecords_StaysAsItIs(string id)
    {
        foreach (var settings in RemapTests.AllSettings)
        {
            var joined = await StoreAsync(id, settings, logsFirst: false);
            Remapped.AssertSame(joined, Remapped.Of(SpanBatch.Of(joined), settings.Prices));
        }
    }

    [Theory, MemberData(nameof(Entries))]
    public async Task LogRecords_BeforeTheirSpan_TellTheSameOnceItIsMappedAnew(string id)
    {
        foreach (var settings in RemapTests.AllSettings)
        {
            var joined = Remapped.Of(SpanBatch.Of(await StoreAsync(id, settings, logsFirst: false)), settings.Prices);
            var other = Remapped.Of(SpanBatch.Of(await StoreAsync(id, settings, logsFirst: true)), settings.Prices);
            Assert.Equal(joined.Select(Told), other.Select(Told));
        }
    }

    [Theory, MemberData(nameof(Entries))]
    public void LogRecords_WithoutASpan_StayAsTheyAre(string id)
    {
        var fragments = Fragments(id, MappingSettings.Default).GroupBy(f => (f.TraceId, f.SpanId)).Select(f =>
            f.Aggregate(default(SpanRecord), LogFragments.Merge)!).ToArray();
        Assert.Contains(fragments, f => f.InputMessagesJson is not null || f.OutputMessagesJson is not null);
        Remapped.AssertSame(fragments, Remapped.Of(SpanBatch.Of(fragments), null));
        Remapped.AssertSame(
            fragments,
            Remapped.Of(
                SpanBatch.Of([.. fragments.Select(f =>
                    f with { MappingVersion = 0, InputMessagesJson = null, Input = null, OutputMessagesJson = "[]", Output = "" })]),
                null));
    }

    private static string Told(SpanRecord span) =>
        $"{span.SpanId}|{span.Name}|{span.Kind}|{span.Dialect}|{span.Model}|{span.InputTokens}|{span.Cost}|{span.InputMessagesJson}|{span.OutputMessagesJson}|{span.Input}|{span.Output}";

    private static async Task<SpanRecord[]> StoreAsync(string id, MappingSettings settings, bool logsFirst)
    {
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o");
        var spans = Captures.Bodies(Captures.Entry(id)).Where(b => b.Signal == OtlpSignal.Traces).Select(b => b.Map(settings).Batch).ToArray();
        if (logsFirst) await JoinAsync(store, Fragments(id, settings));
        foreach (var batch in spans) await store.AppendAsync(batch);
        if (!logsFirst) await JoinAsync(store, Fragments(id, settings));
        var stored = new List<SpanRecord>();
        foreach (var (trace, span) in spans.SelectMany(b => b.ToRecords()).Select(s => (s.TraceId, s.SpanId)).Distinct())
            stored.Add((await store.GetSpanAsync(trace, span))!);
        return [.. stored];
    }

    private static async Task JoinAsync(SpanStore store, IEnumerable<SpanRecord> fragments)
    {
        foreach (var fragment in fragments)
            await store.AppendAsync(SpanBatch.Of(LogFragments.Merge(await store.GetSpanAsync(fragment.TraceId, fragment.SpanId), fragment)));
    }

    private static IEnumerable<SpanRecord> Fragments(string id, MappingSettings settings) =>
        Captures.Bodies(Captures.Entry(id)).Where(b => b.Signal == OtlpSignal.Logs)
        .SelectMany(b => new SpanMapper(Captures.Limits).MapLogs(b.Bytes, b.Encoding, settings).Batch.ToRecords());
}
