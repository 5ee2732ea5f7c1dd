using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding;

/// <summary>A key reads with the eyes of the person it acts for, and with the most blinded ones where there is none.</summary>
[Collection(typeof(WorldsCollection))]
public sealed class KeyTests(Worlds worlds)
{
    private const string Reads = "READ";
    private const string Subject = "id subject { input { text } model promptVersion userId metrics { durationMs } }";

    [Fact]
    public async Task KeyOfAReviewer_IsBlindWhereTheyAre()
    {
        var world = await WorldAsync();
        using var key = await worlds.KeyAsync(worlds.Reviewer, world, Reads, "WRITE");
        Assert.Equal("BLINDED", await OpenAsync(key, world, World.BlindTrace));
        Assert.Equal("", await OpenAsync(key, world, World.PlainTrace));
        using var colleagues = await worlds.KeyAsync(world, Reads);
        Assert.Equal("", await OpenAsync(colleagues, world, World.BlindTrace));
    }

    [Fact]
    public async Task KeyMadeByAKey_KeepsThePerson()
    {
        var world = await WorldAsync();
        using var maker = await worlds.KeyAsync(worlds.Reviewer, world, Reads);
        Assert.Equal("FORBIDDEN", await CreateAsync(maker, world, Reads));
        using var admins = await worlds.JoinAsync("ADMIN");
        await worlds.AssignAsync(world, admins);
        using var first = await worlds.KeyAsync(admins, world, Reads, "ADMIN");
        using var second = await worlds.KeyAsync(first, world, Reads);
        Assert.Equal("BLINDED", await OpenAsync(second, world, World.BlindTrace));
    }

    [Fact]
    public async Task KeyOfSomebodyWhoMayDoLessThanIt_IsRefused()
    {
        var world = await WorldAsync();
        using var maker = await worlds.JoinAsync("DEVELOPER");
        using var key = await worlds.KeyAsync(maker, world, Reads);
        Assert.Equal("", await OpenAsync(key, world, World.BlindTrace));
        await worlds.SetRoleAsync(maker, "VIEWER");
        Assert.Equal("UNAUTHENTICATED", await OpenAsync(key, world, World.BlindTrace));
    }

    /// <summary>Whoever gets hold of the key may be a reviewer, so an administrator decides.</summary>
    [Fact]
    public async Task ReadReviews_IsGivenByAdministrators()
    {
        var world = await WorldAsync();
        Assert.Equal("FORBIDDEN", await CreateAsync(worlds.Reviewer, world, "READ_REVIEWS"));
        Assert.Equal("", await CreateAsync(worlds.Owner, world, "READ_REVIEWS"));
        using var key = await worlds.KeyAsync(world, Reads, "READ_REVIEWS");
        Assert.Equal("", await VerdictAsync(key, world));
        using var without = await worlds.KeyAsync(world, Reads);
        Assert.Equal("FORBIDDEN", await VerdictAsync(without, world));
    }

    /// <summary>Whoever is to judge an output unseen could put it into a queue of their own that hides nothing.</summary>
    [Theory]
    [InlineData("traceIds")]
    [InlineData("spanIds")]
    public async Task AddToReviewQueue_OfAHiddenTrace_IsRefused(string by)
    {
        var world = await WorldAsync();
        var id = by == "traceIds" ? world.Trace(World.BlindTrace) : world.Span(World.BlindTrace);
        var queueId = world.Ids["visible"];
        var document = $"mutation {{ addToReviewQueue(input: {{ queueId: \"{queueId}\", {by}: [\"{id}\"] }}) {{ added }} }}";
        Assert.Equal("BLINDED", await CodeAsync(worlds.Reviewer, document));
        Assert.Equal("", await CodeAsync(worlds.Owner, document));
    }

    /// <summary>An item in two queues shows what neither hides.</summary>
    [Fact]
    public async Task Assignment_OfATraceThatAnotherQueueHides_HidesItToo()
    {
        var world = await WorldAsync();
        var added = string.Join(", ", new[] { World.BlindTrace, World.FailedTrace }.Select(t => $"\"{world.Trace(t)}\""));
        await worlds.Owner.QueryAsync(
            $"mutation {{ addToReviewQueue(input: {{ queueId: \"{world.Ids["visible"]}\", traceIds: [{added}] }}) {{ added }} }}");
        var claim = $"mutation {{ claimNextReview(input: {{ queueId: \"{world.Ids["visible"]}\" }}) {{ assignment {{ {Subject} }} }} }}";
        var subject = (await worlds.Reviewer.QueryAsync(claim)).At("claimNextReview.assignment");
        var shown = new Dictionary<string, JsonElement>();
        while (subject.ValueKind != JsonValueKind.Null)
        {
            shown[subject.Text("subject.input[0].text")] = subject.GetProperty("subject");
            var submit =
                $"mutation {{ submitReview(input: {{ assignmentId: \"{subject.Text("id")}\", label: PASS }}) {{ next {{ {Subject} }} }} }}";
            subject = (await worlds.Reviewer.QueryAsync(submit)).At("submitReview.next");
        }
        Assert.Equal("gpt-4o-mini", shown["It is failed."].GetProperty("model").GetString());
        foreach (var field in new[] { "model", "promptVersion", "userId", "metrics" })
        {
            Assert.Equal(JsonValueKind.Null, shown["It is blind."].GetProperty(field).ValueKind);
            // Here the queue that hides it has decided: were it shown now, that would tell.
            Assert.Equal(JsonValueKind.Null, shown["It is blind too."].GetProperty(field).ValueKind);
        }
    }

    /// <summary>An example made of a blinded output is one that was never made.</summary>
    [Fact]
    public async Task DatasetItem_OfABlindedTrace_CannotBeChangedNorRemoved()
    {
        var world = await WorldAsync();
        var items = await worlds.Owner.QueryAsync(
            $"{{ project(id: \"{world.ProjectId}\") {{ dataset(id: \"{world.Ids["all"]}\") {{ items {{ nodes {{ id lineage {{ traceId }} }} }} }} }} }}");
        var blind = items.At("project.dataset.items.nodes").EnumerateArray()
            .First(i => i.Text("lineage.traceId") == World.BlindTrace).Text("id");
        var made = NodeId.Format(NodeKinds.DatasetItem, world.Project, $"{NodeId.Parse(world.Ids["all"], NodeKinds.Dataset).Split('/')[^1]}/{RandomId.New()}");
        var answers = new List<string>();
        foreach (var id in new[] { blind, made })
        {
            var update = await worlds.Reviewer.QueryTextAsync(
                $"mutation {{ updateDatasetItem(input: {{ id: \"{id}\", split: \"mine\" }}) {{ item {{ id split }} }} }}");
            var remove = await worlds.Reviewer.QueryTextAsync(
                $"mutation {{ removeDatasetItems(input: {{ datasetId: \"{world.Ids["all"]}\", itemIds: [\"{id}\"] }}) {{ dataset {{ itemCount }} }} }}");
            answers.Add(update + remove);
        }
        Assert.Contains("NOT_FOUND", answers[0]);
        Assert.Equal(answers[1], answers[0]);
    }

    private Task<World> WorldAsync() => worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);

    private static Task<string> OpenAsync(ServerClient client, World world, string traceId) =>
        CodeAsync(client, $"{{ project(id: \"{world.ProjectId}\") {{ trace(id: \"{world.Trace(traceId)}\") {{ models }} }} }}");

    private static Task<string> VerdictAsync(ServerClient client, World world) =>
        CodeAsync(client, $"{{ project(id: \"{world.ProjectId}\") {{ trace(id: \"{world.Trace(World.PlainTrace)}\") {{ verdict {{ label }} }} }} }}");

    private static Task<string> CreateAsync(ServerClient maker, World world, string scope) =>
        CodeAsync(maker, $"mutation {{ createApiKey(input: {{ projectId: \"{world.ProjectId}\", name: \"k\", scopes: [{scope}] }}) {{ secret }} }}");

    /// <summary>The code of the first error, or nothing.</summary>
    private static async Task<string> CodeAsync(ServerClient client, string document)
    {
        using var answer = JsonDocument.Parse(await client.QueryTextAsync(document));
        return answer.RootElement.TryGetProperty("errors", out var errors) ? errors[0].Text("extensions.code") : "";
    }
}
