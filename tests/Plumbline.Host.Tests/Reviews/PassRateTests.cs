using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Reviews;

/// <summary>The pass rates of the sample's prompts, before and after their reviewer has finished.</summary>
public sealed class PassRateTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task PassRate_WhileTheViewerHasItemsOfThePromptToReview_IsNull_ThenTheConsensusShareWithItsInterval()
    {
        var id = server.ProjectId;
        await server.Owner.DoAsync("loadSampleProject", new { id }, "project { id }");

        // The owner is still to review outputs. The key was made by nobody, so
        // it is as blind as anybody.
        Assert.All(await RatesAsync(server.Owner), rate => Assert.Equal(JsonValueKind.Null, rate.Value.ValueKind));
        Assert.All(await RatesAsync(server.Script), rate => Assert.Equal(JsonValueKind.Null, rate.Value.ValueKind));
        using var colleague = await server.JoinAsync("colleague@example.com", "DEVELOPER");
        var known = await RatesAsync(colleague);
        AssertRate(known["support-agent@1"], passed: 0, failed: 1, rate: 0, low: 0, high: 0.7935);
        AssertRate(known["support-agent@2"], passed: 1, failed: 0, rate: 1, low: 0.2065, high: 1);
        AssertRate(known["sort-ticket@2"], passed: 1, failed: 1, rate: 0.5, low: 0.0945, high: 0.9055);
        Assert.Equal(JsonValueKind.Null, known["sort-ticket@1"].ValueKind); // nothing of it was reviewed

        Assert.Equal(6, await PassTheRestAsync());
        var seen = await RatesAsync(server.Owner);
        AssertRate(seen["support-agent@2"], passed: 3, failed: 0, rate: 1, low: 0.4385, high: 1);
        AssertRate(seen["sort-ticket@2"], passed: 3, failed: 1, rate: 0.75, low: 0.3006, high: 0.9544);
        Assert.Equal((await RatesAsync(colleague)).Select(r => (r.Key, r.Value.GetRawText())), seen.Select(r => (r.Key, r.Value.GetRawText())));
    }

    private static void AssertRate(JsonElement shown, int passed, int failed, double rate, double low, double high)
    {
        Assert.Equal((passed, failed), (shown.GetProperty("passed").GetInt32(), shown.GetProperty("failed").GetInt32()));
        Assert.Equal(rate, shown.GetProperty("rate").GetDouble(), 12);
        Assert.Equal(low, shown.GetProperty("low").GetDouble(), 4);
        Assert.Equal(high, shown.GetProperty("high").GetDouble(), 4);
    }

    private async Task<SortedDictionary<string, JsonElement>> RatesAsync(ServerClient client)
    {
        var data = await client.QueryAsync(
            "query($id: ID!) { project(id: $id) { prompts(first: 10) { nodes { name versions(first: 10) { nodes { number passRate { passed failed "
                + "rate low high } } } } } } }", new { id = server.ProjectId });
        var rates = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var prompt in data.At("project.prompts.nodes").EnumerateArray())
        {
            foreach (var version in prompt.At("versions.nodes").EnumerateArray())
                rates[$"{prompt.GetProperty("name").GetString()}@{version.GetProperty("number").GetInt32()}"] = version.GetProperty("passRate");
        }
        return rates;
    }

    private async Task<int> PassTheRestAsync()
    {
        var queues = await server.Owner.QueryAsync("query($id: ID!) { project(id: $id) { reviewQueues { id } } }", new { id = server.ProjectId });
        var queueId = queues.Text("project.reviewQueues[0].id");
        var turn = (await server.Owner.DoAsync("claimNextReview", new { queueId }, "assignment { id }")).GetProperty("assignment");
        var done = 0;
        for (; turn.ValueKind != JsonValueKind.Null; done++)
        {
            var submitted = await server.Owner.DoAsync(
                "submitReview", new { assignmentId = turn.Text("id"), label = "PASS" }, "review { id } next { id }");
            turn = submitted.GetProperty("next");
            if (turn.ValueKind != JsonValueKind.Null) continue;
            var last = submitted.Text("review.id");
            await server.Owner.DoAsync("finishReview", new { id = last }, "review { id }");
        }
        return done;
    }
}
