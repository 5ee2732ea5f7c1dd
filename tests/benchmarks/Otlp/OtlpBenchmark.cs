using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Plumbline.Otlp.Tests.Proto;
using Plumbline.Otlp;
using Plumbline.Otlp.Pricing;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Otlp;

/// <summary>What ingestion costs a span on one thread, stage by stage, beside a copy of the bytes, a parse by generated protobuf classes,
/// and a parse of the messages' JSON alone.</summary>
internal static class OtlpBenchmark
{
    private const int Traces = 22;
    private const int Bodies = 40;

    private static readonly Redactor AllKinds = new(
        [.. Enum.GetValues<RedactedKind>().Where(k => k != RedactedKind.Regex).Select(k =>
            new RedactionPattern(k.ToString(), k, null, RedactedAs.Mask))], TimeSpan.FromMilliseconds(250));

    /// <summary>Runs the stages whose name holds a word; all without one.</summary>
    public static void Run(string only = "", int rounds = 9)
    {
        var source = new OtlpBodies(1);
        var bodies = Enumerable.Range(0, Bodies).Select(_ => source.Protobuf(Traces)).ToArray();
        var json = bodies.Select(b => Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(ExportTraceServiceRequest.Parser.ParseFrom(b)))).ToArray();
        var packed = bodies.Select(OtlpBodies.Gzip).ToArray();
        var inflated = new byte[bodies.Max(b => b.Length)];
        var copy = new byte[inflated.Length];
        var mapper = new SpanMapper(new OtlpLimits());
        var priced = new MappingSettings { Prices = PriceTable.BuiltIn };
        var redacted = priced with { Redactor = AllKinds };
        var older = bodies.Select(b =>
            SpanBatch.Of([.. mapper.MapTraces(b, OtlpEncoding.Protobuf, priced).Batch.ToRecords().Select(s => s with { MappingVersion = 0 })])).ToArray();
        using var remapper = new SpanRemapper();
        var anew = new SpanBatchWriter();
        Timing.Print(
            $"== OTLP, {source.Spans} spans of {bodies.Sum(b => (long)b.Length) / source.Spans} B protobuf, "
                + $"{json.Sum(b => (long)b.Length) / source.Spans} B JSON, "
            + $"{packed.Sum(b => (long)b.Length) / source.Spans} B gzip; {source.Spans / Bodies} spans a request, one thread");
        Stage("copy of the bytes (yardstick)", () => { foreach (var b in bodies) b.CopyTo(copy, 0); });
        Stage("generated protobuf parse (yardstick)", () => { foreach (var b in bodies) ExportTraceServiceRequest.Parser.ParseFrom(b); });
        Stage("JsonDocument of the messages (yardstick)", () => { foreach (var m in source.Messages) JsonDocument.Parse(m).Dispose(); });
        Stage("decode", () => { foreach (var b in bodies) Decode(b); });
        Stage("decode and map", () => { foreach (var b in bodies) mapper.MapTraces(b, OtlpEncoding.Protobuf, MappingSettings.Default); });
        Stage("decode, map and price", () => { foreach (var b in bodies) mapper.MapTraces(b, OtlpEncoding.Protobuf, priced); });
        Stage("map stored spans anew", () => { foreach (var b in older) Remap(b, remapper, anew); });
        Stage("the same with redaction of all kinds", () => { foreach (var b in bodies) mapper.MapTraces(b, OtlpEncoding.Protobuf, redacted); });
        Stage("JSON: decode, map and price", () => { foreach (var b in json) mapper.MapTraces(b, OtlpEncoding.Json, priced); });
        Stage("gzip: inflate alone (yardstick)", () => { foreach (var b in packed) Inflate(b, inflated); });
        Stage(
            "gzip: inflate, decode, map and price",
            () => { foreach (var b in packed) mapper.MapTraces(inflated.AsSpan(0, Inflate(b, inflated)), OtlpEncoding.Protobuf, priced); });

        void Stage(string name, Action once)
        {
            if (name.Contains(only, StringComparison.OrdinalIgnoreCase)) Measure(name, source.Spans, rounds, once);
        }
    }

    private static void Measure(string name, int spans, int rounds, Action once)
    {
        for (var watch = Stopwatch.StartNew(); watch.ElapsedMilliseconds < 1500;) once();
        var times = new double[rounds];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            once();
            times[i] = watch.Elapsed.TotalNanoseconds / spans;
        }
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / rounds / spans;
        Array.Sort(times);
        var median = times[rounds / 2];
        Timing.Print($"{name,-44} {median,8:F0} ns a span {1e9 / median,12:N0} spans/s  best {times[0],8:F0} ns {allocated,8:N0} B allocated a span");
    }

    private static void Remap(SpanBatch stored, SpanRemapper remapper, SpanBatchWriter into)
    {
        into.Clear();
        foreach (var span in stored) remapper.TryRemap(span, PriceTable.BuiltIn, into);
    }

    private static void Decode(byte[] body)
    {
        var counter = default(Counter);
        ExportRequest.ReadTraces(body, ref counter);
    }

    private static int Inflate(byte[] packed, byte[] into)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return gzip.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
    }

    private struct Counter : ISpanSink
    {
        private long seen;

        public void Span(in WireSpan span, in WireOrigin origin)
        {
            foreach (var pair in span.Attributes) seen += pair.Key.Length + (int)pair.Value.Kind;
        }
    }
}
