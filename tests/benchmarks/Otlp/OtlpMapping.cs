using System.Text;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Plumbline.Benchmarks.Store;
using Plumbline.Otlp;
using Plumbline.Otlp.Pricing;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Tests.Proto;
using Plumbline.Otlp.Wire;

namespace Plumbline.Benchmarks.Otlp;

/// <summary>What a span costs from the bytes of its request to those of the store, on one thread: times and allocations are a span's. The
/// batch is handed to the store, so the mapping allocates what <see cref="TheBatchAlone"/> does, and nothing a span beyond it.</summary>
[Config(typeof(PartsConfig))]
public class OtlpMapping
{
    private const int Seed = 1;
    private const int Traces = 100;

    /// <summary>Spans of the request that <see cref="Seed"/> and <see cref="Traces"/> give; a span is an operation.</summary>
    private const int Spans = 458;

    private static readonly Redactor AllKinds = new(
        [.. Enum.GetValues<RedactedKind>().Where(k => k != RedactedKind.Regex).Select(k =>
            new RedactionPattern(k.ToString(), k, null, RedactedAs.Mask))], TimeSpan.FromMilliseconds(250));

    private static readonly MappingSettings Priced = new() { Prices = PriceTable.BuiltIn };
    private static readonly MappingSettings Redacted = Priced with { Redactor = AllKinds };
    private readonly SpanMapper _mapper = new(new OtlpLimits());
    private byte[] _protobuf = [];
    private byte[] _json = [];
    private byte[] _copy = [];
    private int _batchBytes;

    [GlobalSetup]
    public void Encode()
    {
        var source = new OtlpBodies(Seed);
        _protobuf = source.Protobuf(Traces);
        if (source.Spans != Spans) throw new InvalidOperationException($"The request has {source.Spans} spans; write that number into {nameof(Spans)}.");
        _json = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(ExportTraceServiceRequest.Parser.ParseFrom(_protobuf)));
        _copy = new byte[_protobuf.Length];
        _batchBytes = _mapper.MapTraces(_protobuf, OtlpEncoding.Protobuf, Priced).Batch.Bytes.Length;
    }

    /// <summary>The first yardstick: a copy of the bytes.</summary>
    [Benchmark(OperationsPerInvoke = Spans)]
    public void Copy() => _protobuf.CopyTo(_copy, 0);

    /// <summary>The second: a parse by the classes that protobuf's compiler makes, and no mapping.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Spans)]
    public int GeneratedParse() => ExportTraceServiceRequest.Parser.ParseFrom(_protobuf).ResourceSpans.Count;

    /// <summary>The yardstick of the allocations: the bytes of the batch, which the store keeps.</summary>
    [Benchmark(OperationsPerInvoke = Spans)]
    public byte[] TheBatchAlone() => GC.AllocateUninitializedArray<byte>(_batchBytes);

    /// <summary>Every field and attribute is found and looked at; nothing is kept.</summary>
    [Benchmark(OperationsPerInvoke = Spans)]
    public long ProtobufDecode()
    {
        var seen = default(Seen);
        ExportRequest.ReadTraces(_protobuf, ref seen);
        return seen.Count;
    }

    [Benchmark(OperationsPerInvoke = Spans)]
    public int Protobuf() => Map(_protobuf, OtlpEncoding.Protobuf, Priced);

    [Benchmark(OperationsPerInvoke = Spans)]
    public int ProtobufRedacted() => Map(_protobuf, OtlpEncoding.Protobuf, Redacted);

    [Benchmark(OperationsPerInvoke = Spans)]
    public int Json() => Map(_json, OtlpEncoding.Json, Priced);

    [Benchmark(OperationsPerInvoke = Spans)]
    public int JsonRedacted() => Map(_json, OtlpEncoding.Json, Redacted);

    private int Map(byte[] body, OtlpEncoding encoding, MappingSettings settings) => _mapper.MapTraces(body, encoding, settings).Batch.Count;

    private struct Seen : ISpanSink
    {
        public long Count { get; private set; }

        public void Span(in WireSpan span, in WireOrigin origin)
        {
            foreach (var pair in span.Attributes) Count += pair.Key.Length + (int)pair.Value.Kind;
        }
    }
}
