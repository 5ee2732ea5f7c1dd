using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>The proof asks everything that there is, or says why not: what is new in the schema or among the routes has to be thought about.</summary>
[Collection(typeof(TheatreCollection))]
public sealed class CoverageTests(Theatre theatre)
{
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
        var missing = theatre.Schema.ObjectTypes().Except(Questions.Unreached.Keys)
            .Where(t => !t.EndsWith("Payload", StringComparison.Ordinal)).SelectMany(theatre.Schema.Fields)
            .Where(f => !Regex.IsMatch(text, $"\\b{f.Name}\\b", RegexOptions.None, TimeSpan.FromSeconds(5))).Select(f => f.ToString());
        Assert.Empty(missing.Except(Selections.OfAllWorlds));
    }

    [Fact]
    public void EveryRoute_IsAsked_OrHasAReason()
    {
        var routes = theatre.Server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(r => r.RoutePattern.RawText!).Where(r => !r.Contains("grpcunimplemented", StringComparison.Ordinal)).Distinct();
        Assert.Empty(Routes.Asked.Intersect(Routes.Excused.Keys));
        Assert.Equal(Routes.Asked.Concat(Routes.Excused.Keys).Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
    }
}
