using System.Globalization;
using BenchmarkDotNet.Running;
using Plumbline.Benchmarks;
using Plumbline.Benchmarks.Load;
using Plumbline.Benchmarks.Otlp;
using Plumbline.Benchmarks.Store;

// writer: span batches. store [spans] [writers]: the trace store on disk. kill [rounds]: processes that die while they write.
// otlp [words] [rounds]: decoding, mapping, pricing and redaction of requests, stage by stage.
// graphql: the GraphQL engine beside graphql-js.
// load [http|redact|grpc|json] [--spans n]…: the whole server over loopback, with yardsticks.
// --list, --filter and other options of BenchmarkDotNet: the parts one by one, warmed up and repeated.
// Without arguments: writer, then store with a million spans.
var what = args.Length > 0 ? args[0] : "all";
if (what is "all" or "writer") WriterBenchmark.Run();
if (what is "all" or "store")
{
    var folder = Path.Combine(Path.GetTempPath(), "plumbline-bench-" + Guid.NewGuid().ToString("n"));
    try
    {
        await StoreBenchmark.RunAsync(Number(1, 1_000_000), folder, Number(2, 16));
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}
if (what is "all" or "otlp") OtlpBenchmark.Run(args.Length > 1 ? args[1] : "", Number(2, 9));
if (what.StartsWith('-')) BenchmarkSwitcher.FromAssembly(typeof(PartsConfig).Assembly).Run(args);
if (what == "kill") await KillSoak.RunAsync(Number(1, 200));
if (what == "graphql") await Plumbline.Benchmarks.GraphQL.GraphQLBenchmark.RunAsync();
if (what == "load") await LoadBenchmark.RunAsync(LoadSettings.Read(args[1..]));
if (what == "yardstick") await Yardstick.ServeAsync(args[1], args[2]);
if (what == "kill-writer") await KillSoak.WriteAsync(args[1], Number(2, 0));

int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
