using Plumbline.Otlp.Pricing;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Mapping;

/// <summary>Two instrumentations around one call: both report its usage, and it is counted once.</summary>
public sealed class NestedCallTests
{
    [Fact]
    public void SameResponseId_InOneTrace_IsCountedOnce()
    {
        var spans = Map((1, 10, 20, "chatcmpl-1"), (1, 20, 0, "chatcmpl-1"));
        Assert.Equal(100, spans[0].InputTokens);
        Assert.NotNull(spans[0].Cost);
        Assert.Equal((null, null, null), (spans[1].InputTokens, spans[1].OutputTokens, spans[1].Cost));
        Assert.Contains("gen_ai.usage.input_tokens", spans[1].AttributesJson, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherResponses_OtherTraces_AndCopiesOfASpan_AreCountedEach()
    {
        var spans = Map(
            (1, 10, 20, "chatcmpl-1"), (1, 20, 0, "chatcmpl-2"), (2, 30, 0, "chatcmpl-1"), (1, 10, 20, "chatcmpl-1"), (1, 40, 0, ""),
            (1, 50, 0, ""));
        Assert.All(spans, span => Assert.Equal(100, span.InputTokens));
    }

    [Fact]
    public void EachRequest_BeginsAnew()
    {
        var mapper = new SpanMapper(new OtlpLimits());
        for (var i = 0; i < 3; i++) Assert.Equal(100, Map(mapper, (1, 10, 20, "chatcmpl-1"))[0].InputTokens);
    }

    private static SpanRecord[] Map(params (ulong Trace, ulong Span, ulong Parent, string ResponseId)[] calls) => Map(new SpanMapper(new OtlpLimits()), calls);

    private static SpanRecord[] Map(SpanMapper mapper, params (ulong Trace, ulong Span, ulong Parent, string ResponseId)[] calls)
    {
        using var request = new ExportRequestWriter("svc", "test", "scope");
        foreach (var (trace, span, parent, id) in calls)
        {
            request.Span(new TraceId(trace, 1), new SpanId(span), new SpanId(parent), "chat", Mapped.Start, Mapped.Start + Mapped.Second, null, s =>
            {
                s.Attribute("gen_ai.operation.name", "chat");
                s.Attribute("gen_ai.request.model", "gpt-4o-mini");
                s.Attribute("gen_ai.response.id", id);
                s.Attribute("gen_ai.usage.input_tokens", 100);
                s.Attribute("gen_ai.usage.output_tokens", 10);
            });
        }
        return mapper.MapTraces(request.ToArray(), OtlpEncoding.Protobuf, new MappingSettings { Prices = PriceTable.BuiltIn }).Batch.ToRecords();
    }
}
