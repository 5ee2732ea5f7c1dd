using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces;
using Plumbline.Features.Traces.Grains;
using Plumbline.ObjectStore;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Spans that an earlier version of the program stored are mapped by the present one, in the background.</summary>
public sealed class RemappingTests(RemappingTests.OneBlockAtATime shared) : IClassFixture<RemappingTests.OneBlockAtATime>, IAsyncLifetime
{
    private TracesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TracesHost.OnAsync(shared);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task StoredSpans_OfAnEarlierVersion_AreMappedAnew_AndNoOthers()
    {
        await StoreAsync(
            blocks: 3, Older(1), Older(2), Older(3),
            Older(4) with { MappingVersion = SpanMapper.MappingVersion + 1, Model = "of a later version" });
        Assert.Equal(("wrong", null), Facts(await SpanAsync(1)));
        var shard = _host.Product.Grains.GetGrain<ITraceShardGrain>(_host.Tenant.Key.Child("0"));
        await shard.HousekeepAsync(default);
        Assert.Single(await Task.WhenAll(SpanAsync(1), SpanAsync(2), SpanAsync(3)), s => s.Model == "gpt-4o-mini");
        for (var round = 0; round < 2; round++) await shard.HousekeepAsync(default);
        foreach (var number in new[] { 1, 2, 3 })
        {
            var span = await SpanAsync(number);
            Assert.Equal(("gpt-4o-mini", 1_000L), Facts(span));
            Assert.Equal(("question", SpanKind.Generation, "of-the-key"), (span.Input, span.Kind, span.Environment));
            Assert.NotNull(span.CostUsd);
        }
        Assert.Equal(("of a later version", null), Facts(await SpanAsync(4)));
    }

    [Fact]
    public async Task StoredSpans_InTheLog_AreMappedAnewOnceTheyAreInABlock()
    {
        await StoreAsync(blocks: 0, Older(1));
        var shard = _host.Product.Grains.GetGrain<ITraceShardGrain>(_host.Tenant.Key.Child("0"));
        await shard.HousekeepAsync(default);
        Assert.Equal(("wrong", null), Facts(await SpanAsync(1)));
        for (var tries = 0; tries < 100_000 && (await SpanAsync(1)).Model == "wrong"; tries++) _host.Product.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(("gpt-4o-mini", 1_000L), Facts(await SpanAsync(1)));
    }

    [Fact]
    public async Task StoredSpans_PricedByTheOldMapping_KeepTheirCost_UnlessModelOrTokensChange()
    {
        var priced = Older(1) with
        {
            Kind = StoredKind.Generation,
            Provider = "openai",
            Model = "gpt-4o-mini",
            InputTokens = 1_000,
            OutputTokens = 10,
            Cost = 7_000_000_000_000,
        };
        await StoreAsync(blocks: 1, priced, Older(2) with { Cost = 7_000_000_000_000 });
        await _host.Product.Grains.GetGrain<ITraceShardGrain>(_host.Tenant.Key.Child("0")).HousekeepAsync(default);
        Assert.Equal(("gpt-4o-mini", 7m), ((await SpanAsync(1)).Model, (await SpanAsync(1)).CostUsd));
        Assert.InRange((await SpanAsync(2)).CostUsd!.Value, 0.00001m, 0.01m);
    }

    /// <summary>Writes what a program before this one left behind: with blocks, or with all of it in the log.</summary>
    private async Task StoreAsync(int blocks, params SpanRecord[] spans)
    {
        await using var store = await SpanStore.OpenAsync(_host.Product.Get<IObjectStore>(), $"traces/{_host.Tenant.Key}/0", clock: _host.Product.Clock);
        foreach (var part in spans.Chunk(Math.Max(1, spans.Length / Math.Max(1, blocks))))
        {
            await store.AppendAsync(SpanBatch.Of(part));
            if (blocks > 0) await store.SealAsync();
        }
    }

    private async Task<SpanView> SpanAsync(int number) => (await _host.Reader.FindTraceAsync(_host.Tenant.Key, TracesHost.Id(number), default))!.Spans[0];

    private static (string? Model, long? InputTokens) Facts(SpanView span) => (span.Model, span.Tokens?.Input);

    private static SpanRecord Older(int number)
    {
        var start = (TracesHost.Start.AddSeconds(number).UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
        return new()
        {
            TraceId = TraceId.Parse(TracesHost.Id(number)),
            SpanId = new SpanId(1),
            Name = $"chat {number}",
            StartUnixNano = start,
            EndUnixNano = start + 1_000_000_000,
            Environment = "of-the-key",
            Model = "wrong",
            MappingVersion = 1,
            ResourceJson = "{}",
            AttributesJson =
                """{"gen_ai.operation.name":"chat","gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-4o-mini","gen_ai.usage.input_tokens":1000,"gen_ai.usage.output_tokens":10,"gen_ai.input.messages":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"question\"}]}]"}""",
        };
    }

    /// <summary>The product that maps one block a round.</summary>
    public sealed class OneBlockAtATime : ProductFixture
    {
        private protected override void Configure(IServiceCollection services) => services.Configure<TracesOptions>(o => o.BlocksRemappedAtOnce = 1);
    }
}
