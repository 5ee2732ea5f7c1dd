using Plumbline.Host.Tests.Blinding;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Telemetry;

/// <summary>Figures of projects at /metrics, where they are asked for: they say of each world only what nobody is still to judge.</summary>
public sealed class ProjectMetricsTests : IAsyncLifetime
{
    private readonly Worlds _worlds = new();

    public ValueTask InitializeAsync() => _worlds.InitializeAsync();

    public ValueTask DisposeAsync() => _worlds.DisposeAsync();

    [Fact]
    public async Task HiddenFacts_OfPendingTraces_DoNotShow()
    {
        World[] pair = [await _worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual), await _worlds.MakeAsync(Opinion.Pass, HiddenFacts.Other)];
        const string look = "query($id: ID!) { project(id: $id) { traces { nodes { models costUsd errorCount tokens { total } } } } }";
        var seen = await Task.WhenAll(pair.Select(w => _worlds.Owner.QueryTextAsync(look, new { id = w.ProjectId })));
        Assert.NotEqual(seen[0], seen[1]); // the worlds have to differ, or the comparison would prove nothing
        Assert.DoesNotContain("plumbline_project", await _worlds.Owner.ReadAsync("/metrics"), StringComparison.Ordinal); // off unless asked for

        var environment = new Dictionary<string, string> { ["PLUMBLINE_PROJECT_METRICS"] = "on", ["PLUMBLINE_REVIEWS__UNDO_WINDOW"] = "00:00:00" };
        await using var server = await _worlds.RestartAsync(environment);
        using var scraper = ServerClient.Plain(server);
        var text = await AwaitAsync(scraper, pair.Select(w => w.Name));
        var series = pair.Select(w => Of(text, w)).ToArray();
        Assert.Equal(series[0], series[1]);
        var metrics = PrometheusText.Parse(text);
        foreach (var world in pair)
        {
            var project = ("plumbline_project", $"acme/{world.Name}");
            // Of four traces, the two that are judged by nobody and by two who agreed are left; two are still to be judged.
            Assert.Equal(2, metrics.Family("plumbline_project_hidden_traces").Value(project));
            Assert.Equal(2, metrics.Family("plumbline_project_gen_ai_requests").Value(project, ("gen_ai_request_model", HiddenFacts.Usual.Model)));
            Assert.Equal(1, metrics.Family("plumbline_project_gen_ai_errors").Value(project));
            Assert.Equal(2 * HiddenFacts.Usual.InputTokens, metrics.Family("plumbline_project_gen_ai_tokens").Value(project, ("gen_ai_token_type", "input")));
            Assert.Equal(2 * HiddenFacts.Usual.OutputTokens, metrics.Family("plumbline_project_gen_ai_tokens").Value(project, ("gen_ai_token_type", "output")));
            Assert.InRange(metrics.Family("plumbline_project_gen_ai_cost_usd").Value(project), 1e-9, 1);
        }
        Assert.DoesNotContain(HiddenFacts.Other.Model, text, StringComparison.Ordinal);
        var families = metrics.Families.Where(f => f.Name.StartsWith("plumbline_project", StringComparison.Ordinal));
        Assert.All(families, f => Assert.Equal(("gauge", true), (f.Type, f.Help!.Contains("last 24 hours", StringComparison.Ordinal))));
    }

    /// <summary>The lines that tell of a world, as they would be if it had another name.</summary>
    private static string[] Of(string text, World world)
    {
        var lines = text.Split('\n').Where(l => l.Contains($"/{world.Name}\"", StringComparison.Ordinal));
        return [.. lines.Select(l => l.Replace(world.Name, "W", StringComparison.Ordinal))];
    }

    // The figures are read a moment after the start.
    private static async Task<string> AwaitAsync(ServerClient scraper, IEnumerable<string> names)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var text = await scraper.ReadAsync("/metrics");
            if (names.All(n => text.Contains($"/{n}\"", StringComparison.Ordinal))) return text;
            await Task.Delay(100);
        }
        throw new TimeoutException("No figures of the projects came.");
    }
}
