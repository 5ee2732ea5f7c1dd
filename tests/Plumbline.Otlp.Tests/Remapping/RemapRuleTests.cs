using Plumbline.Otlp.Pricing;
using Plumbline.Otlp.Tests.Mapping;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Remapping;

/// <summary>What a stored span keeps when it is mapped anew, because its raw values do not tell it.</summary>
public sealed class RemapRuleTests
{
    private const long Seven = 7_000_000_000_000;
    private static readonly (string, object)[] Call =
        [
            ("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "openai"), ("gen_ai.request.model", "gpt-4o-mini"),
            ("gen_ai.usage.input_tokens", 1_000), ("gen_ai.usage.output_tokens", 10)
        ];

    [Fact]
    public void Cost_OfTheSameModelAndTokens_StaysWhateverPricesHoldNow()
    {
        var stored = Mapped.Span(Call) with { Cost = Seven };
        Assert.Equal(Seven, One(stored with { Kind = StoredKind.Generation }).Cost);
        Assert.Null(One(stored with { Cost = null }).Cost);
    }

    [Fact]
    public void Cost_OfOtherTokensOrAnotherModel_IsWorkedOutAnew()
    {
        var today = Mapped.Span(new MappingSettings { Prices = PriceTable.BuiltIn }, Call);
        Assert.Equal(today.Cost, One(today with { Cost = Seven, InputTokens = 1 }).Cost);
        Assert.Equal(today.Cost, One(today with { Cost = Seven, Model = "gpt-4o" }).Cost);
        Assert.Equal(today.Cost, One(today with { Cost = Seven, Kind = StoredKind.Chain }).Cost);
    }

    [Fact]
    public void CostGiven_FoundOnlyNow_IsTheCostOfWhatHadNone()
    {
        var today = Mapped.Span([.. Call, ("gen_ai.usage.cost", 0.25)]);
        var given = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.usage.cost", 0.25));
        Assert.Equal(given.CostGiven, One(given with { Cost = null, CostGiven = null }).Cost);
        Assert.Equal(Seven, One(today with { Cost = Seven, CostGiven = null }).Cost);
    }

    [Fact]
    public void Environment_OfTheKey_Stays_AndItsOwnGoesFirst()
    {
        Assert.Equal("test", One(Mapped.Span(Call) with { Environment = "of-the-key" }).Environment);
        Assert.Equal("of-the-key", One(Mapped.Span(Call) with { Environment = "of-the-key", ResourceJson = "{}" }).Environment);
    }

    [Fact]
    public void Usage_RepeatedFromAnotherSpan_IsNotCountedLater()
    {
        using var request = new ExportRequestWriter("svc", "test", "scope");
        foreach (var id in new ulong[] { 2, 1 })
        {
            request.Span(new TraceId(1, 1), new SpanId(id), default, "chat", Mapped.Start, Mapped.Start + 1, null, s =>
            {
                s.Attribute("gen_ai.operation.name", "chat");
                s.Attribute("gen_ai.response.id", "chatcmpl-1");
                s.Attribute("gen_ai.usage.input_tokens", 100);
            });
        }
        var stored = new SpanMapper(new()).MapTraces(request.ToArray(), OtlpEncoding.Protobuf, MappingSettings.Default).Batch;
        var remapped = Remapped.Of(stored, PriceTable.BuiltIn);
        Remapped.AssertSame(stored.ToRecords(), remapped);
        Assert.Equal([100L, null], remapped.Select(s => s.InputTokens));
        Assert.Contains(remapped[1].Warnings, w => w.Contains("repeats", StringComparison.Ordinal));
    }

    [Fact]
    public void Raw_BeyondTodaysLimits_IsNotCut()
    {
        var stored = Mapped.Span([("note", new string('x', (1 << 20) - 1)), .. Enumerable.Range(0, 1_000).Select(i => ($"a{i}", (object)i))]);
        var longer =
            stored with
            {
                AttributesJson = $"{{\"more\":\"{new string('y', 2 << 20)}\","
                + $"{string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"b{i}\":{i}"))},{stored.AttributesJson![1..]}"
            };
        Assert.Equal(longer.AttributesJson, One(longer).AttributesJson);
        Assert.Empty(One(longer).Warnings);
    }

    [Fact]
    public void Raw_ThatCannotBeRead_LeavesTheSpanAsItIs_ButItsVersion()
    {
        var stored = Mapped.Span(Call) with { AttributesJson = "{\"cut", Model = "as before" };
        Assert.Equal((stored with { MappingVersion = SpanMapper.MappingVersion }).ToString(), One(stored with { MappingVersion = 0 }).ToString());
        Assert.Equal("kept", One(new SpanRecord { TraceId = new(1, 1), SpanId = new(1), Input = "kept" }).Input);
    }

    [Fact]
    public void Span_OfThisOrALaterVersion_IsLeftAlone()
    {
        using var remapper = new SpanRemapper();
        var writer = new SpanBatchWriter();
        foreach (var span in SpanBatch.Of(Mapped.Span(Call), Mapped.Span(Call) with { MappingVersion = SpanMapper.MappingVersion + 1 }))
            Assert.False(remapper.TryRemap(span, null, writer));
        Assert.Equal(0, writer.Count);
        foreach (var span in SpanBatch.Of(Mapped.Span(Call) with { MappingVersion = null })) Assert.True(remapper.TryRemap(span, null, writer));
        Assert.Equal(1, writer.Count);
    }

    private static SpanRecord One(SpanRecord stored) => Remapped.Of(SpanBatch.Of(stored), PriceTable.BuiltIn).Single();
}
