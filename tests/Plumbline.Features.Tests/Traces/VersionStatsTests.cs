using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Api;

namespace Plumbline.Features.Tests.Traces;

/// <summary>The figures of many versions at once are those of each version alone.</summary>
public sealed class VersionStatsTests : IAsyncLifetime
{
    private TracesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TracesHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_ManyVersions_AreAsEachAlone(bool includePlayground)
    {
        await SendAsync("production", [.. Enumerable.Range(1, 60)]);
        await SendAsync("plumbline.playground", [.. Enumerable.Range(61, 20)]);
        var loader = ActivatorUtilities.CreateInstance<PromptVersionStatsLoader>(_host.Product.Services, _host.Tenant.Owner);
        VersionFigures[] versions =
        [
            .. Enumerable.Range(1, 9).Select(n => new VersionFigures(_host.Tenant.Key, "refund", _host.Day, includePlayground, n)),
            new(_host.Tenant.Key, "greet", _host.Day, includePlayground, 1), new(_host.Tenant.Key, "nothing", _host.Day, includePlayground, 1),
        ];
        var together = await loader.ReadAsync(versions, default);
        var alone = new Dictionary<VersionFigures, StatsPart>();
        foreach (var version in versions)
        {
            foreach (var (key, row) in await loader.ReadAsync([version], default)) alone[key] = row;
        }
        Assert.Equal(8, together.Count); // seven of one prompt, one of the other
        var spans = together.Values.Sum(r => r.Spans);
        Assert.Equal(includePlayground ? 80 : 60, spans);
        Assert.Equal(Printed(alone), Printed(together));
    }

    private static string[] Printed(IReadOnlyDictionary<VersionFigures, StatsPart> figures) =>
        [.. figures.Where(f => f.Value.Spans > 0).Select(f => $"{f.Key.PromptName}@{f.Key.Number}: {JsonSerializer.Serialize(StatsView.Of(f.Value))}")
            .Order(StringComparer.Ordinal)];

    private async Task SendAsync(string environment, int[] numbers)
    {
        var request = new
        {
            resourceSpans = new[] { new { resource = new { }, scopeSpans = new[] { new { spans = numbers.Select(Span) } } } },
        };
        var outcome = await _host.Product.Get<ITraceIngest>().IngestAsync(
            new(_host.Tenant.Key, environment, IngestSignal.Traces, IngestEncoding.Json, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(request))), default);
        Assert.Equal(IngestStatus.Accepted, outcome.Status);
    }

    // Every fourth is of a second prompt, whose version has a number of the first's too.
    private static object Span(int number) => new
    {
        traceId = TracesHost.Id(number / 2 + 1), // two spans a trace, of different versions
        spanId = TracesHost.Id(number)[..16],
        name = "chat",
        startTimeUnixNano = $"{(TracesHost.Start.AddSeconds(number) - DateTimeOffset.UnixEpoch).Ticks * 100}",
        endTimeUnixNano = $"{(TracesHost.Start.AddSeconds(number) - DateTimeOffset.UnixEpoch).Ticks * 100 + number * 17_000_000L}",
        status = new { code = number % 5 == 0 ? 2 : 1 },
        attributes = new object[]
        {
            new { key = "gen_ai.usage.input_tokens", value = new { intValue = $"{number * 3}" } },
            new { key = "gen_ai.usage.cost", value = new { doubleValue = number * 0.001 } },
            Text("gen_ai.operation.name", "chat"), Text("gen_ai.request.model", "m"),
            Text("plumbline.prompt.name", number % 4 == 0 ? "greet" : "refund"),
            Text("plumbline.prompt.version", number % 4 == 0 ? "1" : $"{number % 7 + 1}"),
        },
    };

    private static object Text(string key, string value) => new { key, value = new { stringValue = value } };
}
