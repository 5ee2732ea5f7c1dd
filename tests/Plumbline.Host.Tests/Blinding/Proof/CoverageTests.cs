using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>The proof asks everything that there is, or says why not: what is new in the schema or among the routes has to be thought about.</summary>
public sealed class CoverageTests(Theatre theatre) : IClassFixture<Theatre>
{
    private const string OfNoWorld = "It takes no id and tells of the whole server, so the worlds of one server have it in common.";

    private const string TakesIn = "It takes telemetry in and tells nothing of it.";

    private static readonly Dictionary<string, string> Routes = new()
    {
        ["/graphql"] = "It is what all requests of the proof go to.",
        ["/graphql/schema.graphql"] = OfNoWorld,
        ["/signin/link"] = OfNoWorld,
        ["/signin/password"] = OfNoWorld,
        ["/signin/join"] = OfNoWorld,
        ["/signin/state"] = OfNoWorld,
        ["/signout"] = OfNoWorld,
        ["/v1/traces"] = TakesIn,
        ["/v1/logs"] = TakesIn,
        ["/opentelemetry.proto.collector.trace.v1.TraceService/Export"] = TakesIn,
        ["/opentelemetry.proto.collector.logs.v1.LogsService/Export"] = TakesIn,
    };

    /// <summary>Parts of runs, which the worlds have none of.</summary>
    private static readonly string[] OfRuns = ["ProviderError", "PlaygroundDelta", "PlaygroundFinished"];

    [Fact]
    public void EveryMutation_IsAsked_OrHasAReason()
    {
        Assert.Empty(Changes.Covered.Intersect(Changes.LeftOut.Keys));
        Assert.Equal(theatre.Schema.Fields("Mutation").Select(f => f.Name).Order(), Changes.Covered.Concat(Changes.LeftOut.Keys).Order());
    }

    [Fact]
    public void EveryThingWithAnId_IsAskedFor_OrHasAReason() =>
        Assert.Equal(theatre.Schema.PossibleTypes("Node").Order(), Questions.Reached.Concat(Questions.Unreached.Keys).Order());

    [Fact]
    public async Task EveryFieldOfAQuery_IsAskedFor()
    {
        var pair = (await theatre.MakeAsync([1])).Single();
        var asked = pair.Of("OWNER", all: true).ToList();
        var text = string.Join(' ', asked.Select(q => q.Template));
        var missing = theatre.Schema.ObjectTypes().Except(Questions.Unreached.Keys).Except(OfRuns)
            .Where(t => !t.EndsWith("Payload", StringComparison.Ordinal)).SelectMany(theatre.Schema.Fields)
            .Where(f => !Regex.IsMatch(text, $"\\b{f.Name}\\b", RegexOptions.None, TimeSpan.FromSeconds(5))).Select(f => f.ToString());
        Assert.Empty(missing.Except(Selections.OfAllWorlds));
    }

    [Fact]
    public void EveryRoute_HasAReasonNotToBeAsked()
    {
        var routes = theatre.Server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(r => r.RoutePattern.RawText!).Where(r => !r.Contains("grpcunimplemented", StringComparison.Ordinal)).Distinct();
        Assert.Equal(Routes.Keys.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
    }
}
