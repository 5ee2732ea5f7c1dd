using Plumbline.ObjectStore;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Store;

/// <summary>A store on disk with generated spans over thirty days, all in blocks; gone when disposed of.</summary>
internal sealed class FilledStore : IAsyncDisposable
{
    public const long Start = 1_790_000_000_000_000_000;
    public const long Length = 30 * 86_400_000_000_000;
    private const int TracesPerBatch = 100;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "plumbline-bench-" + Guid.NewGuid().ToString("n"));
    private readonly FolderObjectStore _objects;

    private FilledStore()
    {
        Directory.CreateDirectory(_folder);
        _objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = _folder });
    }

    public SpanStore Spans { get; private set; } = null!;

    public TraceId[] Ids { get; private set; } = [];

    public static async Task<FilledStore> OpenAsync(int spans, SpanStoreOptions? options = null)
    {
        var filled = new FilledStore();
        filled.Spans = await SpanStore.OpenAsync(filled._objects, "bench/p/0", options);
        var traces = (int)(spans / SpanGenerator.SpansPerTrace);
        var generator = new SpanGenerator(1, Start, Length, Math.Max(1, traces));
        for (var done = 0; done < traces; done += TracesPerBatch)
        {
            while (await filled.Spans.AppendAsync(generator.Next(TracesPerBatch)) == AppendResult.Overloaded) await Task.Yield();
        }
        await filled.Spans.SealAsync();
        if (spans > 0)
            filled.Ids = [.. (await filled.Spans.QueryTracesAsync(new TraceQuery
            {
                First = 500, OrderBy = TraceSort.Duration,
            })).Traces.Select(t => t.Trace.TraceId)];
        return filled;
    }

    public async ValueTask DisposeAsync()
    {
        await Spans.DisposeAsync();
        _objects.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
