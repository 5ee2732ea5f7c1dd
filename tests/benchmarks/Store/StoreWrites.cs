using BenchmarkDotNet.Attributes;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Store;

/// <summary>What a store does with spans that arrive.</summary>
[Config(typeof(PartsConfig))]
public class StoreWrites
{
    private const int SealedTraces = 4000;
    private readonly SpanGenerator _generator = new(1, FilledStore.Start, FilledStore.Length, 1_000_000);
    private FilledStore _store = null!;
    private SpanBatch _batch = null!;
    private SpanBatch[] _batches = [];

    [GlobalSetup]
    public async Task OpenAsync() =>
        _store = await FilledStore.OpenAsync(0, new SpanStoreOptions { SealSpans = int.MaxValue / 4, SealBytes = long.MaxValue / 4 });

    [GlobalCleanup]
    public async Task RemoveAsync() => await _store.DisposeAsync();

    [IterationSetup(Target = nameof(AppendABatch))]
    public void MakeABatch() => _batch = _generator.Next(100);

    /// <summary>450 spans, to the disk and open to queries.</summary>
    [Benchmark]
    public async Task AppendABatch() => await _store.Spans.AppendAsync(_batch);

    [IterationSetup(Target = nameof(AppendAndSeal))]
    public void MakeBatches() => _batches = [.. Enumerable.Range(0, SealedTraces / 100).Select(_ => _generator.Next(100))];

    /// <summary>18,000 spans, one batch after the other, then made a block.</summary>
    [Benchmark]
    public async Task AppendAndSeal()
    {
        foreach (var batch in _batches) await _store.Spans.AppendAsync(batch);
        await _store.Spans.SealAsync();
    }
}
