using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Playground.Providers;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Upgrade;

/// <summary>What a user of the build before finds after the upgrade: everything.</summary>
public sealed class OldFolderTests(OldFolder old) : IClassFixture<OldFolder>
{
    [Fact]
    public async Task Questions_AreAnsweredAsBefore()
    {
        using var ann = old.Browser("ann");
        var questions = await File.ReadAllTextAsync(OldFolder.Fixture("questions.graphql"));
        var answer = await OldFolder.AskAsync(ann, questions, old.Known.GetProperty("variables"));
        Assert.Equal(Text(old.Known.GetProperty("expected")), Text(answer));
    }

    [Fact]
    public async Task Spans_AreAllThere()
    {
        // Asked for by nobody: whoever asks may be blinded to some.
        var project = NodeId.ParseProject(Project);
        using var scope = CallScope.For(project.ToString());
        var range = new TimeRange(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var stats = await old.Services.GetRequiredService<ITraceReader>().StatsAsync(project, new SpanStatsQuery { Range = range }, default);
        Assert.Equal(old.Known.GetProperty("spans").GetInt64(), stats.Sum(s => s.Spans));
    }

    [Theory]
    [InlineData("all", HttpStatusCode.OK)]
    [InlineData("read", HttpStatusCode.OK)]
    [InlineData("revoked", HttpStatusCode.Unauthorized)]
    public async Task Keys_HoldAsBefore(string key, HttpStatusCode expected)
    {
        using var script = old.Script(key);
        using var answer = await script.PostAsJsonAsync("/graphql", new { query = "{ viewer { apiKey { name } } }" });
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Sessions_GoOn_AndPasswordsHold()
    {
        using var ben = old.Browser("ben");
        Assert.Equal(
            "Ben",
            (await OldFolder.AskAsync(ben, "{ viewer { user { name } } }")).Text("viewer.user.name"));
        var password = old.Known.GetProperty("password").GetString();
        using var answer = await ben.PostAsJsonAsync("/signin/password", new { email = "ann@example.com", password });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task SealedSecrets_OpenAgain()
    {
        var project = NodeId.ParseProject(Project);
        Assert.True(NodeId.TryParse(old.Known.GetProperty("providerId").GetString(), out var provider));
        using var scope = CallScope.For(project.ToString());
        var access = await old.Services.GetRequiredService<IGrainFactory>().GetGrain<IModelProvidersGrain>(project.ToString())
            .FindAsync(provider.Key.Split('/')[^1]);
        Assert.Equal("sk-secret-1234", old.Services.GetRequiredService<ProviderSecrets>().Open(project, access!.SealedSecret!));
    }

    [Fact]
    public async Task Reminders_AreKept()
    {
        var project = NodeId.ParseProject(Project);
        var rows = await old.Services.GetRequiredService<IReminderTable>().ReadRows(GrainId.Create("traceshard", project.Child("0")));
        Assert.Equal(("housekeeping", TimeSpan.FromHours(6)), (rows.Reminders[0].ReminderName, rows.Reminders[0].Period));
    }

    [Fact]
    public async Task Work_GoesOnWhereItStopped()
    {
        await using var own = new OldFolder(); // the other tests ask for what there was
        await own.InitializeAsync();
        using var ben = own.Browser("ben");
        var queueId = own.Known.At("variables.queue").GetString();
        const string Claim = "mutation($input: ClaimNextReviewInput!) { claimNextReview(input: $input) { assignment { id } } }";
        var claimed = await OldFolder.AskAsync(ben, Claim, new { input = new { queueId } });
        Assert.Equal(JsonValueKind.String, claimed.At("claimNextReview.assignment.id").ValueKind);
        const string Save = "mutation($input: SavePromptVersionInput!) { savePromptVersion(input: $input) { created promptVersion { number } } }";
        var content = new { messages = new[] { new { role = "USER", template = "Third" } } };
        var saved = await OldFolder.AskAsync(ben, Save, new { input = new { projectId = Project, promptName = "third", content } });
        Assert.Equal(1, saved.At("savePromptVersion.promptVersion.number").GetInt32());
    }

    private string Project => old.Known.Text("projectId");

    // Line by line, so that a difference shows where it is.
    private static string Text(JsonElement element) => JsonNode.Parse(element.GetRawText())!.ToJsonString(new() { WriteIndented = true });
}
