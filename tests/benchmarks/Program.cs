using System.Globalization;
using Plumbline.Benchmarks;

// store [spans] [writers]: the trace store on disk; writer: span batches. Without arguments: writer, then store of a million.
var what = args.Length > 0 ? args[0] : "all";
if (what is "all" or "writer") WriterBenchmark.Run();
if (what is "all" or "store")
{
    var spans = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
    var writers = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 16;
    var folder = Path.Combine(Path.GetTempPath(), "plumbline-bench-" + Guid.NewGuid().ToString("n"));
    try
    {
        await StoreBenchmark.RunAsync(spans, folder, writers);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}
