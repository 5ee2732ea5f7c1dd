using System.Text.Json;
using Plumbline.Host.Tests.Blinding;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Traces;

/// <summary>What the spans of a prompt version amount to.</summary>
public sealed class PromptStatsTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Stats_CountTheSpansOfThatVersion_InTheRange()
    {
        foreach (var template in new[] { "Answer.", "Answer well." })
            await server.Owner.DoAsync(
                "savePromptVersion",
                new { projectId = server.ProjectId, promptName = "refund", content = new { messages = new[] { new { role = "SYSTEM", template } } } },
                "created");
        using var sent = await server.Script.PostAsync("/v1/traces", WorldSpans.All(HiddenFacts.Usual));
        sent.EnsureSuccessStatusCode();

        var first = await StatsAsync(1, "");
        Assert.Equal((4, 4, 1), (Count(first, "spans"), Count(first, "traces"), Count(first, "errors")));
        Assert.Equal(4 * (HiddenFacts.Usual.InputTokens + HiddenFacts.Usual.OutputTokens), Count(first.GetProperty("tokens"), "total"));
        Assert.Equal(HiddenFacts.Usual.Milliseconds, first.At("durationMs.max").GetDouble());

        Assert.Equal(1, Count(await StatsAsync(1, Range(WorldSpans.From, WorldSpans.From.AddHours(1).AddSeconds(30))), "spans"));
        var none = await StatsAsync(2, "");
        Assert.Equal((0, 0), (Count(none, "spans"), Count(none.GetProperty("tokens"), "total")));
        Assert.Equal(JsonValueKind.Null, none.At("durationMs.p50").ValueKind);
        Assert.Equal(JsonValueKind.Null, none.GetProperty("costUsd").ValueKind);
    }

    private static string Range(DateTimeOffset from, DateTimeOffset to) =>
        $"(range: {{ from: \"{from:yyyy-MM-ddTHH:mm:ssZ}\", to: \"{to:yyyy-MM-ddTHH:mm:ssZ}\" }})";

    private static long Count(JsonElement row, string field) => row.GetProperty(field).GetInt64();

    private async Task<JsonElement> StatsAsync(int number, string range) => (await server.Owner.QueryAsync(
        $"query($p: ID!, $n: Int!) {{ project(id: $p) {{ prompt(name: \"refund\") {{ version(number: $n) {{ stats{range} {{ spans traces errors "
            + "tokens { total } costUsd durationMs { p50 max } } } } } }",
        new { p = server.ProjectId, n = number })).At("project.prompt.version.stats");
}
