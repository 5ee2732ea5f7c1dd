using BenchmarkDotNet.Attributes;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Store;

/// <summary>What the product asks of a store.</summary>
[Config(typeof(PartsConfig))]
public class StoreQueries
{
    private static readonly StatsQuery Hourly = new()
    {
        Range = new NanoRange(FilledStore.Start, FilledStore.Start + FilledStore.Length),
        BucketNano = 3_600_000_000_000,
        GroupBy = [GroupField.Model],
    };
    private readonly Vocabulary _words = new(7);
    private FilledStore _store = null!;
    private int _round;

    /// <summary>Spans in the store.</summary>
    [Params(300_000, 1_000_000)]
    public int Spans { get; set; }

    [GlobalSetup]
    public async Task FillAsync() => _store = await FilledStore.OpenAsync(Spans);

    [GlobalCleanup]
    public async Task RemoveAsync() => await _store.DisposeAsync();

    [Benchmark]
    public async Task<int> Newest50WithAModel() =>
        (await _store.Spans.QueryTracesAsync(
            new TraceQuery { Where = new TraceCondition { Model = new TextCondition { Eq = SpanGenerator.Models[Next % 7] } } })).Traces.Count;

    [Benchmark]
    public async Task<int> TraceById() => (await _store.Spans.GetTraceAsync(_store.Ids[Next % _store.Ids.Length]))!.Spans.Count;

    [Benchmark]
    public async Task<int> HourByModel() => (await _store.Spans.StatsAsync(Hourly)).Count;

    /// <summary>No part of the answer is known from before.</summary>
    [Benchmark]
    public async Task<int> HourByModelOfANewFilter() =>
        (await _store.Spans.StatsAsync(Hourly with
        {
            Where = new SpanCondition
            {
                Environment = new TextCondition { Eq = "production" },
                Name = new TextCondition { NotIn = [$"none-{Next}"] },
            }
        })).Count;

    /// <summary>The yardstick of the two above.</summary>
    [Benchmark(Baseline = true)]
    public async Task<int> HourByModelByAScan() =>
        (await _store.Spans.StatsAsync(Hourly with { Where = new SpanCondition { Not = new SpanCondition { TraceIds = [] } } })).Count;

    [Benchmark]
    public async Task<int> SearchOfARareWord() => (await SearchAsync(_words[15_000 + (Next % 2500)])).Traces.Count;

    [Benchmark]
    public async Task<int> SearchOfACommonWord() => (await SearchAsync(_words[30 + (Next % 50)])).Traces.Count;

    private int Next => _round++;

    private ValueTask<TracePage> SearchAsync(string text) => _store.Spans.QueryTracesAsync(new TraceQuery { Where = new TraceCondition { Search = text } });
}
