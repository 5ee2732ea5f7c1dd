using System.Globalization;
using Plumbline.Otlp.Pricing;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Tests.Captured;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Tests.Wire;

/// <summary>Tests that measure the memory of the process.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>Captured bodies with bytes flipped, cut, doubled and swapped: either spans come out, or the body is refused; nothing else, and
/// no memory is kept. PLUMBLINE_MUTATIONS sets how many.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class MutationTests
{
    private const int Tenths = 10;
    private const long MostLive = 256L << 20;
    private const long MostGrowth = 16L << 20;
    private const int ByDefault = 20_000;
    private const int Largest = 24_000;
    private static readonly RedactedKind[] Kinds = [
        RedactedKind.Email, RedactedKind.Phone, RedactedKind.CreditCard, RedactedKind.IpAddress, RedactedKind.Secret
    ];

    [Theory]
    [InlineData(OtlpEncoding.Protobuf)]
    [InlineData(OtlpEncoding.Json)]
    public void MutatedBody_GivesSpansOrIsRefused(OtlpEncoding encoding)
    {
        var bodies = Captures.Entries.SelectMany(Captures.Bodies).Where(b => b.Encoding == encoding && b.Bytes.Length is > 0 and < Largest).ToArray();
        var count = int.TryParse(Environment.GetEnvironmentVariable("PLUMBLINE_MUTATIONS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : ByDefault;
        var random = new Random(7);
        var mapper = new SpanMapper(Captures.Limits);
        var settings = new MappingSettings
        {
            Prices = PriceTable.BuiltIn,
            Redactor = new Redactor([.. Kinds.Select(k => new RedactionPattern("x", k, null, RedactedAs.Hash))], TimeSpan.FromSeconds(1)),
        };
        int taken = 0, refused = 0;
        var live = new List<long>();
        for (var i = 0; i < count; i++)
        {
            var body = bodies[random.Next(bodies.Length)];
            try
            {
                var bytes = MutatedBody.Of(body.Bytes, random);
                var mapped = body.Signal == OtlpSignal.Traces ? mapper.MapTraces(bytes, encoding, settings) : mapper.MapLogs(bytes, encoding, settings);
                Assert.Equal(mapped.Batch.Count, mapped.Batch.ToRecords().Length);
                taken++;
            }
            catch (OtlpFormatException)
            {
                refused++;
            }
            if ((i + 1) % (count / Tenths) == 0) live.Add(GC.GetTotalMemory(forceFullCollection: true));
        }
        Assert.Equal(count, taken + refused);
        Assert.True(taken > 0 && refused > 0);
        Assert.All(live, bytes => Assert.InRange(bytes, 0, MostLive));
        Assert.InRange(live[^1] - live[0], long.MinValue, MostGrowth);
    }

    [Fact]
    public void Decoding_AllocatesNothing()
    {
        var body = Captures.Body("openinference/04-agent-tools").Bytes;
        var sink = default(Counter);
        ExportRequest.ReadTraces(body, ref sink);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) ExportRequest.ReadTraces(body, ref sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(7007, sink.Spans);
    }

    private struct Counter : ISpanSink
    {
        public int Spans { get; private set; }

        public void Span(in WireSpan span, in WireOrigin origin)
        {
            foreach (var pair in span.Attributes) _ = pair.Value.Kind;
            Spans++;
        }
    }
}
