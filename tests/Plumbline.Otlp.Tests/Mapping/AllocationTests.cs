using Plumbline.Otlp.Pricing;
using Plumbline.Otlp.Tests.Captured;

namespace Plumbline.Otlp.Tests.Mapping;

public sealed class AllocationTests
{
    private const int Rounds = 200;
    private const int PerRequest = 1024;

    /// <summary>A warm mapper allocates the batch it hands out and a few objects a request, nothing a span.</summary>
    [Theory]
    [InlineData("handmade/01-semconv-chat-json")]
    [InlineData("handmade/22-wide-trace-300")]
    [InlineData("handmade/14-semconv-chat-structured-pb")]
    public void Mapping_AllocatesTheBatchAlone(string id)
    {
        var body = Captures.Body(id);
        var mapper = new SpanMapper(Captures.Limits);
        var settings = new MappingSettings { Prices = PriceTable.BuiltIn };
        for (var i = 0; i < Rounds; i++) mapper.MapTraces(body.Bytes, body.Encoding, settings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var handedOut = 0L;
        for (var i = 0; i < Rounds; i++) handedOut += mapper.MapTraces(body.Bytes, body.Encoding, settings).Batch.Bytes.Length;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before - handedOut, 0, Rounds * PerRequest);
    }
}
