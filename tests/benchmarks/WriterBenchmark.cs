using System.Diagnostics;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks;

/// <summary>What writing, checking and reading a batch costs a span, beside a plain copy of the same bytes.</summary>
internal static class WriterBenchmark
{
    public static void Run()
    {
        var source = new SpanGenerator(1, 1_790_000_000_000_000_000, 1_000_000_000_000, 1000).Next(200);
        var writer = new SpanBatchWriter();
        var copy = new byte[source.Bytes.Length];
        Timing.Print($"== batches, {source.Count} spans of {source.Bytes.Length / source.Count} B");
        var yardstick = PerSpan(source.Count, () => source.Bytes.Span.CopyTo(copy));
        Print("copy of the bytes (yardstick)", yardstick, yardstick);
        Print("write field by field", PerSpan(source.Count, () => Write(source, writer)), yardstick);
        Print("check all bytes", PerSpan(source.Count, () => SpanBatch.Parse(source.Bytes)), yardstick);
        Print("to objects", PerSpan(source.Count, () => source.ToRecords()), yardstick);
    }

    private static void Print(string name, double nanos, double yardstick) =>
        Timing.Print($"{name,-46} {nanos,8:F0} ns a span, {nanos / yardstick:F1} x the copy");

    private static double PerSpan(int spans, Action action)
    {
        for (var i = 0; i < 20; i++) action();
        var best = double.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 20; i++) action();
            best = Math.Min(best, watch.Elapsed.TotalNanoseconds / 20 / spans);
        }
        return best;
    }

    private static void Write(SpanBatch source, SpanBatchWriter writer)
    {
        foreach (var span in source)
        {
            writer.Begin(span.TraceId, span.SpanId, span.ParentSpanId, span.Kind, span.Status, span.StartUnixNano, span.EndUnixNano);
            for (var field = SpanText.Name; field <= SpanText.Resource; field++)
            {
                if (span.Has(field)) writer.Set(field, span.Text(field));
            }
            foreach (var tag in span.List(SpanList.Tags)) writer.Add(SpanList.Tags, tag);
            for (var field = SpanNumber.InputTokens; field <= SpanNumber.MappingVersion; field++)
            {
                if (span.TryGet(field, out var number)) writer.Set(field, number);
            }
            writer.End();
        }
        writer.ToBatch();
    }
}
