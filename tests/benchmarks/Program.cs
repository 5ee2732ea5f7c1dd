using System.Globalization;
using BenchmarkDotNet.Running;
using Plumbline.Benchmarks;
using Plumbline.Benchmarks.Load;
using Plumbline.Benchmarks.Objects;
using Plumbline.Benchmarks.Otlp;
using Plumbline.Benchmarks.Store;

// writer: span batches. store [spans] [writers] [folder] [question]: the trace store on disk; a folder given
// is kept, and asked without filling it when it is there. kill [rounds]: processes that die while they write.
// objects [rounds]: the object store on disk beside the one over Azure blobs, against the emulator.
// otlp [words] [rounds]: decoding, mapping, pricing and redaction of requests, stage by stage.
// graphql: the GraphQL engine beside graphql-js.
// load [http|redact|grpc|json] [--spans n]…: the whole server over loopback, with yardsticks.
// reads [spans] [folder] [question] [rounds]: what the product asks of a whole server, first, with new values, again.
// --list, --filter and other options of BenchmarkDotNet: the parts one by one, warmed up and repeated.
// Without arguments: writer, then store with a million spans.
var what = args.Length > 0 ? args[0] : "all";
if (what is "all" or "writer") WriterBenchmark.Run();
if (what is "all" or "store")
{
    var kept = args.Length > 3 && args[3].Length > 0;
    var folder = kept ? args[3] : Path.Combine(Path.GetTempPath(), "plumbline-bench-" + Guid.NewGuid().ToString("n"));
    try
    {
        await StoreBenchmark.RunAsync(Number(1, 1_000_000), folder, Number(2, 16), args.Length > 4 ? args[4] : "");
    }
    finally
    {
        if (!kept) Directory.Delete(folder, recursive: true);
    }
}
if (what is "all" or "otlp") OtlpBenchmark.Run(args.Length > 1 ? args[1] : "", Number(2, 9));
if (what.StartsWith('-')) BenchmarkSwitcher.FromAssembly(typeof(PartsConfig).Assembly).Run(args);
if (what == "objects") await ObjectsBenchmark.RunAsync(Number(1, 5));
if (what == "kill") await KillSoak.RunAsync(Number(1, 200));
if (what == "graphql") await Plumbline.Benchmarks.GraphQL.GraphQLBenchmark.RunAsync();
if (what == "reads")
    await ReadsBenchmark.RunAsync(Number(1, 1_000_000), args.Length > 2 && args[2].Length > 0 ? args[2] : null, args.Length > 3 ? args[3] : "", Number(4, 40));
if (what == "load") await LoadBenchmark.RunAsync(LoadSettings.Read(args[1..]));
if (what == "yardstick") await Yardstick.ServeAsync(args[1], args[2]);
if (what == "kill-writer") await KillSoak.WriteAsync(args[1], Number(2, 0));

int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
