using System.Text;
using System.Text.Json;
using Plumbline.Otlp.Pricing;
using Plumbline.Otlp.Tests.Mapping;

namespace Plumbline.Otlp.Tests.Pricing;

public sealed class PriceTableTests
{
    private static readonly long Late2025 = DateTimeOffset.Parse(
        "2025-12-15T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds() * Mapped.Second;

    [Fact]
    public void BuiltIn_HoldsManyModels_EachWithTheDayItWasLookedUp()
    {
        Assert.True(PriceTable.BuiltIn.Prices.Select(p => p.Model).Distinct().Count() >= 80);
        Assert.All(PriceTable.BuiltIn.Prices, p => Assert.NotNull(p.SourceDate));
    }

    [Fact]
    public void BuiltIn_File_IsWellFormed()
    {
        using var stream = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json")!;
        using var file = JsonDocument.Parse(stream);
        var sources = file.RootElement.GetProperty("sources").EnumerateObject().Select(s => s.Name).ToHashSet();
        Assert.All(file.RootElement.GetProperty("sources").EnumerateObject(), s => Assert.True(Uri.TryCreate(s.Value.GetString(), UriKind.Absolute, out _)));
        Assert.NotEmpty(file.RootElement.GetProperty("checkedAgainst").EnumerateArray());
        Assert.All(PriceTable.BuiltIn.Prices, p =>
        {
            Assert.Contains(p.Provider!, sources);
            Assert.Equal(p.Model.ToLowerInvariant(), p.Model);
            Assert.True(p.SourceDate >= p.ValidFrom || p.SourceDate > new DateOnly(2026, 1, 1), p.Model);
            Assert.True(p.Input > 0 && (p.Output > 0 || p.Model.Contains("embed", StringComparison.Ordinal)), p.Model);
            Assert.True((p.CachedInput ?? 0) <= p.Input && (p.CacheWrite ?? p.Input) >= p.Input, p.Model);
            Assert.True(
                p.Above is null
                    || (p.Above.InputTokens >= 100_000 && p.Above.Input > p.Input && p.Above.Output > p.Output
                        && (p.Above.CachedInput ?? 0) >= (p.CachedInput ?? 0)),
                p.Model);
        });
        Assert.Empty(PriceTable.BuiltIn.Prices.GroupBy(p => (p.Model, p.ValidFrom)).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Theory]
    [InlineData("claude-sonnet-5", 1_000_000, 0, 0, "2")]
    [InlineData("gpt-5.4-2026-03-05", 100_000, 0, 0, "0.25")]
    [InlineData("deepseek-chat", 1_000_000, 1_000_000, 0, "0.70")]
    public void Cost_In2026_IsExact(string model, long input, long output, long cached, string dollars) =>
        Assert.Equal(
            decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture),
            Price(model, new(input, output, cached, 0, 0), Late2025 + (180 * 86_400L * Mapped.Second)));

    [Theory]
    [InlineData("gpt-4o-mini", 1_000_000, 1_000_000, 0, "0.75")]
    [InlineData("gpt-4o-mini-2024-07-18", 1_000_000, 0, 1_000_000, "0.075")]
    [InlineData("openai/gpt-4o-mini", 1_000_000, 0, 0, "0.15")]
    [InlineData("us.anthropic.claude-3-5-haiku-20241022-v1:0", 1_000_000, 0, 0, "0.80")]
    [InlineData("gemini-2.5-pro", 200_000, 0, 0, "0.25")]
    [InlineData("gemini-2.5-pro", 200_001, 0, 0, "0.5000025")]
    public void Cost_IsExact(string model, long input, long output, long cached, string dollars) =>
        Assert.Equal(decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture), Price(model, new(input, output, cached, 0, 0), Late2025));

    [Fact]
    public void Cost_IsByThePriceInForceAtTheStart()
    {
        var june = DateTimeOffset.Parse("2025-05-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds() * Mapped.Second;
        Assert.Equal(10m, Price("o3", new(1_000_000, 0, 0, 0, 0), june));
        Assert.Equal(2m, Price("o3", new(1_000_000, 0, 0, 0, 0), Late2025));
    }

    [Fact]
    public void Cost_IsWhatDecimalsGive()
    {
        var random = new Random();
        foreach (var price in PriceTable.BuiltIn.Prices)
        {
            var table = new PriceTable([price]);
            var tokens = new TokenCounts(random.Next(400_000), random.Next(100_000), random.Next(100_000), random.Next(100_000), random.Next(120_000));
            Assert.True(table.TryPrice(default, Encoding.UTF8.GetBytes(price.Model), tokens, long.MaxValue, out var pico));
            Assert.Equal((long)decimal.Round(Dollars(price, tokens) * 1_000_000m), pico);
        }
    }

    [Fact]
    public void Cost_BeyondWhatCanBeStored_IsUnknown() => Assert.Null(Price("gpt-4o-mini", new(long.MaxValue, long.MaxValue, 0, 0, 0), Late2025));

    [Fact]
    public void Span_WithMoreTokensThanAnyCallHas_IsTakenWithoutThem()
    {
        var span = Mapped.Span(new MappingSettings { Prices = PriceTable.BuiltIn }, ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "gpt-4o-mini"),
            ("gen_ai.usage.input_tokens", long.MaxValue), ("gen_ai.usage.output_tokens", 10L));
        Assert.Null(span.InputTokens);
        Assert.Equal(10, span.OutputTokens);
        Assert.Contains(span.Warnings, w => w.Contains("gen_ai.usage.input_tokens", StringComparison.Ordinal));
    }

    [Fact]
    public void UnknownModel_HasNoPrice() => Assert.Null(Price("my-own-model", new(1, 1, 0, 0, 0), Late2025));

    [Fact]
    public void Span_OfAnUnknownModel_CostsWhatItsSenderSays_OrNothingKnown()
    {
        var settings = new MappingSettings { Prices = PriceTable.BuiltIn };
        Assert.Null(Mapped.Span(settings, ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "my-own-model"), ("gen_ai.usage.input_tokens", 5)).Cost);
        var given = Mapped.Span(settings, ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "my-own-model"), ("gen_ai.usage.cost", 0.5));
        Assert.Equal((500_000_000_000L, 500_000_000_000L), (given.CostGiven, given.Cost));
    }

    // Dollars times a million, the plain way.
    private static decimal Dollars(ModelPrice price, TokenCounts tokens)
    {
        var longer = price.Above is { } above && tokens.Input > above.InputTokens ? above : null;
        var (input, output) = (longer?.Input ?? price.Input, longer?.Output ?? price.Output);
        var cached = Math.Min(tokens.CachedInput, tokens.Input);
        var written = Math.Min(tokens.CacheWrite, tokens.Input - cached);
        var reasoning = Math.Min(tokens.Reasoning, tokens.Output);
        return ((tokens.Input - cached - written) * input) + (
            cached * (longer?.CachedInput ?? price.CachedInput ?? input)) + (written * (longer?.CacheWrite ?? price.CacheWrite ?? input))
            + ((tokens.Output - reasoning) * output) + (reasoning * (price.Reasoning ?? output));
    }

    private static decimal? Price(string model, TokenCounts tokens, long start) =>
        PriceTable.BuiltIn.TryPrice(default, Encoding.UTF8.GetBytes(model), tokens, start, out var pico) ? pico / 1_000_000_000_000m : null;
}
