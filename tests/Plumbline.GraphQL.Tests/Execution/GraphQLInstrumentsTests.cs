using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Execution;
using Plumbline.Testing;

namespace Plumbline.GraphQL.Tests.Execution;

public sealed class GraphQLInstrumentsTests
{
    private const string Durations = "plumbline.graphql.operation.duration";

    /// <summary>Instruments that nobody listens to.</summary>
    internal static GraphQLInstruments Unheard() => new(new Measurements());

    [Fact]
    public async Task Operations_AreMeasured_ByTypeAndOutcome_NeverByName()
    {
        using var measured = new Measurements();
        await using var server = await StartAsync(measured);
        await server.QueryAsync("query Secret { echo }");
        await server.QueryAsync("query Secret { echo }");
        await server.QueryAsync("{ fails { id } }");
        Assert.Equal(2, measured.Count($"{Durations}{{graphql.operation.type=query,plumbline.outcome=ok}}"));
        Assert.Equal(1, measured.Count($"{Durations}{{graphql.operation.type=query,plumbline.outcome=errors}}"));
        Assert.DoesNotContain(measured.Series, s => s.Contains("Secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_AreCounted_ByCode()
    {
        using var measured = new Measurements();
        await using var server = await StartAsync(measured, maxResponseBytes: 20_000);
        await server.QueryAsync("{ nope }");
        await server.QueryAsync("{ echo");
        await server.QueryAsync("{ fails { id } }");
        await server.QueryAsync($"{{ echo(text: \"{new string('x', 90_000)}\") }}");
        Assert.Equal(1, Errors(measured, "GRAPHQL_VALIDATION_FAILED"));
        Assert.Equal(1, Errors(measured, "GRAPHQL_PARSE_FAILED"));
        Assert.Equal(1, Errors(measured, "CONFLICT"));
        Assert.Equal(1, Errors(measured, "PAYLOAD_TOO_LARGE"));
        Assert.Equal(1, measured.Count($"{Durations}{{graphql.operation.type=query,plumbline.outcome=failed}}"));
    }

    [Fact]
    public async Task Subscription_IsCountedWhileOpen_AndHasNoDuration()
    {
        using var measured = new Measurements();
        await using var server = await StartAsync(measured);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query=" + Uri.EscapeDataString("subscription { bookAdded(count: 3) { id } }"));
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await server.Client.SendAsync(request);
        Assert.Contains("event: complete", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(3, measured.Sum("plumbline.graphql.subscription.events"));
        Assert.Equal((2, 0), (measured.Count("plumbline.graphql.subscriptions"), measured.Sum("plumbline.graphql.subscriptions")));
        Assert.DoesNotContain(measured.Series, s => s.StartsWith(Durations, StringComparison.Ordinal));
    }

    private static double Errors(Measurements measured, string code) => measured.Sum($"plumbline.graphql.errors{{graphql.error.code={code}}}");

    private static Task<TestServer> StartAsync(Measurements measured, int? maxResponseBytes = null) => TestServer.StartAsync(
        graph =>
        {
            Library.Configure(graph);
            if (maxResponseBytes is { } most) graph.Limit(limits => limits.MaxResponseBytes = most);
        },
        services: services => services.AddSingleton<Library.LoadCounter>().AddSingleton<IMeterFactory>(measured));
}
