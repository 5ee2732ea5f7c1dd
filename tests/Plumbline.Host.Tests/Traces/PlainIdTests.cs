using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Host.Tests.Blinding;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces;

/// <summary>The ids that SDKs print open what they name wherever a project is known.</summary>
[Collection(typeof(WorldsCollection))]
public sealed class PlainIdTests(Worlds worlds)
{
    private const string Plain = World.PlainTrace;

    [Fact]
    public async Task TraceById_TakesThePlainId_InEitherCase()
    {
        var world = await WorldAsync();
        foreach (var id in new[] { Plain, Plain.ToUpperInvariant(), world.Trace(Plain) })
            Assert.Contains(Plain, await OfProjectAsync(world, $"trace(id: \"{id}\") {{ traceId }}"));
        Assert.Contains("NOT_FOUND", await OfProjectAsync(world, $"trace(id: \"{Plain[..31]}f\") {{ traceId }}"));
        Assert.Contains("NOT_FOUND", await OfProjectAsync(world, $"trace(id: \"{World.Root(Plain)}\") {{ traceId }}"));
    }

    /// <summary>No project is known there, and ids of traces are anybody's to choose.</summary>
    [Fact]
    public async Task Node_TakesNoPlainId()
    {
        await WorldAsync();
        Assert.Contains("NOT_FOUND", await worlds.Owner.QueryTextAsync($"{{ node(id: \"{Plain}\") {{ id }} }}"));
    }

    [Theory]
    [InlineData("traces", "traceIds: [\"TRACE\"]", 1)]
    [InlineData("traces", "spanIds: [\"SPAN\"]", 1)]
    [InlineData("traces", "search: \"TRACE\"", 1)]
    [InlineData("traces", "search: \"SPAN\"", 1)]
    [InlineData("traces", "not: { traceIds: [\"TRACE\"] }", 3)]
    [InlineData("traces", "search: \"TRACE\", status: ERROR", 0)]
    [InlineData("spans", "traceIds: [\"TRACE\"]", 1)]
    [InlineData("spans", "spanIds: [\"SPAN\"]", 1)]
    [InlineData("spans", "search: \"SPAN\"", 1)]
    [InlineData("spans", "not: { search: \"SPAN\" }", 4)]
    [InlineData("spans", "spanIds: []", 0)]
    public async Task Filters_TakePlainIds(string list, string where, int found)
    {
        var world = await WorldAsync();
        var filter = where.Replace("TRACE", Plain, StringComparison.Ordinal).Replace("SPAN", World.Root(Plain), StringComparison.Ordinal);
        using var answer = JsonDocument.Parse(await OfProjectAsync(world, $"{list}(where: {{ {filter} }}) {{ nodes {{ traceId }} }}"));
        Assert.Equal(found, answer.RootElement.At("data.project").GetProperty(list).GetProperty("nodes").GetArrayLength());
    }

    [Theory]
    [InlineData("traces", "traceIds: [\"b0\"]")]
    [InlineData("spans", "spanIds: [\"zzzzzzzzzzzzzzzz\"]")]
    public async Task Filters_WithSomethingElse_SayWhatAnIdIs(string list, string where)
    {
        var answer = await OfProjectAsync(await WorldAsync(), $"{list}(where: {{ {where} }}) {{ nodes {{ traceId }} }}");
        Assert.Contains("BAD_USER_INPUT", answer);
        Assert.Contains("is not a valid id", answer);
    }

    /// <summary>What a reviewer is blinded to is found by no id.</summary>
    [Fact]
    public async Task Filters_FindNothingHidden()
    {
        var world = await WorldAsync();
        foreach (var where in new[]
        {
            $"traceIds: [\"{World.BlindTrace}\"]", $"spanIds: [\"{World.Root(World.BlindTrace)}\"]", $"search: \"{World.BlindTrace}\"",
        })
        {
            var document = $"{{ project(id: \"{world.ProjectId}\") {{ spans(where: {{ {where} }}) {{ nodes {{ id }} }} }} }}";
            Assert.Contains("\"nodes\":[]", await worlds.Reviewer.QueryTextAsync(document));
            Assert.DoesNotContain("\"nodes\":[]", await worlds.Owner.QueryTextAsync(document));
        }
    }

    [Fact]
    public async Task Changes_TakePlainIds()
    {
        var world = await WorldAsync();
        var (trace, span) = (World.FailedTrace, World.Root(World.FailedTrace));
        Assert.Contains("\"added\":1", await worlds.Owner.QueryTextAsync(
            $"mutation {{ addToReviewQueue(input: {{ queueId: \"{world.Ids["others"]}\", spanIds: [\"{span}\"] }}) {{ added }} }}"));
        Assert.Contains("\"duplicates\":1", await worlds.Owner.QueryTextAsync(
            $"mutation {{ addToReviewQueue(input: {{ queueId: \"{world.Ids["others"]}\", traceIds: [\"{trace}\"] }}) {{ duplicates }} }}"));
        Assert.Contains("\"added\":1", await worlds.Owner.QueryTextAsync(
            $"mutation {{ addToDataset(input: {{ datasetId: \"{world.Ids["all"]}\", spanIds: [\"{span}\"] }}) {{ added }} }}"));
        Assert.Contains(NodeKinds.Comment + "_", await worlds.Owner.QueryTextAsync(
            $"mutation {{ addComment(input: {{ projectId: \"{world.ProjectId}\", traceId: \"{trace}\", spanId: \"{span}\", body: \"x\" }}) {{ "
                + "comment { id } } }"));
        Assert.Contains("NOT_FOUND", await worlds.Reviewer.QueryTextAsync(
            $"mutation {{ addToDataset(input: {{ datasetId: \"{world.Ids["all"]}\", spanIds: [\"{World.Root(World.BlindTrace)}\"] }}) {{ added }} }}"));
    }

    private Task<World> WorldAsync() => worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);

    private Task<string> OfProjectAsync(World world, string selection) =>
        worlds.Owner.QueryTextAsync($"{{ project(id: \"{world.ProjectId}\") {{ {selection} }} }}");
}
