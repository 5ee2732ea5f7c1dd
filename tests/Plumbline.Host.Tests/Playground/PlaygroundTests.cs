using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Playground;

/// <summary>Prompts and the playground through the API of a running server.</summary>
public sealed class PlaygroundTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Version = """
        number contentHash source note parentNumber createdAt labels model provider parameters responseSchema
        messages { role template } variables { name type required description default enumValues } tools { name description parameters } code { language signature source dependencies }
        author { name } prompt { id name archivedAt labels { name previousNumber setAt setBy { name } version { number } } } passRate { rate }
        """;

    private static object Content(string template) => new
    {
        messages = new object[] { new { role = "SYSTEM", template = "Be brief." }, new { role = "USER", template } },
        variables = new object[] { new { name = "q", type = "STRING" }, new { name = "n", type = "INTEGER", required = false, @default = 3 } },
        model = "demo-echo",
        parameters = new { temperature = 0.5 },
        tools = new object[] { new { name = "search", description = "Finds", parameters = new { type = "object" } } },
    };

    private async Task<JsonElement> SaveAsync(string name, string template, int? expectedParent = null) => await server.Owner.DoAsync(
        "savePromptVersion",
        new { projectId = server.ProjectId, promptName = name, content = Content(template), note = "note", expectedParent },
        $"created promptVersion {{ id {Version} }}");

    [Fact]
    public async Task Versions_SavedLabelledAndCompared_AreReadBackWhole()
    {
        var first = await SaveAsync("claims", "Answer {{q}}");
        var second = await SaveAsync("claims", "Answer {{q}} in {{n}} words", expectedParent: 1);
        Assert.False((await SaveAsync("claims", "Answer {{q}}")).GetProperty("created").GetBoolean());
        var version = second.GetProperty("promptVersion");
        Assert.Equal((2, 1), (version.GetProperty("number").GetInt32(), version.GetProperty("parentNumber").GetInt32()));
        Assert.Equal(3, version.At("variables[1].default").GetInt32());
        var promptId = version.Text("prompt.id");
        await server.Owner.DoAsync("setPromptLabel", new { promptId, label = "production", number = 2 }, "prompt { labels { name } }");
        var read = await server.Script.QueryAsync(
            "query($id: ID!, $version: ID!) { project(id: $id) { prompts { totalCount nodes { name latest { number } } } prompt(name: "
                + $"\"claims\") {{ versions {{ totalCount nodes {{ number }} }} version(label: \"production\") {{ {Version} "
            + "diff(against: 1) { messages { label hunks { op text } } variables parameters { path before after } model { path } code { label } "
            + "responseSchema { path } } } } } node(id: $version) { ... on PromptVersion { number } } }",
            new { id = server.ProjectId, version = first.Text("promptVersion.id") });
        var prompt = read.At("project.prompt");
        Assert.Equal("production", prompt.Text("version.labels[0]"));
        var hunks = prompt.At("version.diff.messages[0].hunks");
        Assert.Equal("ADDED", hunks[1].GetProperty("op").GetString());
        Assert.Equal(1, read.At("node.number").GetInt32());
    }

    [Fact]
    public async Task Template_WithAMistake_IsRefusedWithItsPlace()
    {
        var text = await server.Owner.QueryTextAsync(
            "mutation($input: SavePromptVersionInput!) { savePromptVersion(input: $input) { created } }",
            new { input = new { projectId = server.ProjectId, promptName = "wrong", content = Content("a\n {{nobody}}") } });
        Assert.Contains("BAD_USER_INPUT", text);
        Assert.Contains("Message 2, line 2, column 2", text);
    }

    [Fact]
    public async Task Run_OnTheDemoProvider_StreamsAndFinishes()
    {
        var providers = (await server.Owner.QueryAsync(
            "query($id: ID!) { project(id: $id) { providers { id name kind baseUrl models secretHint monthlyBudgetUsd spentThisMonthUsd } } }",
            new { id = server.ProjectId })).At("project.providers");
        var demo = providers.EnumerateArray().Last();
        Assert.Equal("DEMO", demo.GetProperty("kind").GetString());
        const string Fields =
            "id status inputs requestPayload output durationMs timeToFirstTokenMs costUsd startedAt tokens { input output total } error { status "
                + "code message retryable } promptVersion { number prompt { name } } startedBy { name } "
            + "renderedMessages { role name text parts { __typename ... on TextPart { text } } } outputMessage { role text parts { __typename } } "
            + "trace { id name spanCount promptVersions { number } }";
        var started = await server.Owner.DoAsync(
            "startPlaygroundRun",
            new
            {
                projectId = server.ProjectId,
                promptName = "run-it",
                content = Content("Say {{q}}"),
                inputs = new { q = "{{q}}" },
                providerId = demo.Text("id"),
            },
            $"run {{ {Fields} }}");
        var run = started.GetProperty("run");
        Assert.Equal("Say {{q}}", run.Text("renderedMessages[1].text"));
        using var answer = await server.Owner.ListenAsync(JsonContent.Create(new
        {
            query =
                "subscription($id: ID!) { playgroundRun(id: $id) { __typename ... on PlaygroundDelta { runId text } ... on PlaygroundFinished "
                    + $"{{ run {{ {Fields} }} }} }} }}",
            variables = new { id = run.Text("id") },
        }));
        var stream = await answer.Content.ReadAsStringAsync();
        Assert.Contains("PlaygroundDelta", stream);
        Assert.Contains("\"status\":\"SUCCEEDED\"", stream);
        Assert.Contains("not a language model", stream);
        Assert.Contains("\"tokens\":{\"input\":", stream);
        Assert.Contains("\"spanCount\":1,\"promptVersions\":[{\"number\":1}]", stream);
    }

    [Fact]
    public async Task Run_WhoseOutputTheViewerIsStillToJudge_IsBlindedUntilTheQueueCloses()
    {
        var setup = await server.Owner.QueryAsync(
            "query($id: ID!) { viewer { user { id } } project(id: $id) { providers { id kind } } }", new { id = server.ProjectId });
        var demo = setup.At("project.providers").EnumerateArray().Last().Text("id");
        var runId = (await server.Owner.DoAsync(
            "startPlaygroundRun",
            new { projectId = server.ProjectId, promptName = "judged", content = Content("Say {{q}}"), inputs = new { q = "x" }, providerId = demo },
            "run { id }")).Text("run.id");
        object Subscription() =>
            new
            {
                query = "subscription($id: ID!) { playgroundRun(id: $id) { ... on PlaygroundFinished { run { status requestPayload } } } }",
                variables = new { id = runId },
            };
        using (var live = await server.Owner.ListenAsync(JsonContent.Create(Subscription())))
            Assert.Contains("demo-echo", await live.Content.ReadAsStringAsync());
        const string Node = "query($id: ID!) { node(id: $id) { ... on PlaygroundRun { requestPayload trace { id } } } }";
        var traceId = (await server.Owner.QueryAsync(Node, new { id = runId })).Text("node.trace.id");
        var reviewer = setup.Text("viewer.user.id");
        var queueId = (await server.Owner.DoAsync(
            "createReviewQueue",
            new { projectId = server.ProjectId, name = "Runs", instructions = "Good?", reviewsPerItem = 1, reviewerIds = new[] { reviewer } },
            "queue { id }")).Text("queue.id");
        await server.Owner.DoAsync("addToReviewQueue", new { queueId, traceIds = new[] { traceId } }, "added");

        Assert.Equal("BLINDED", await server.Owner.ErrorCodeAsync(Node, new { id = runId }));
        Assert.Equal(
            "BLINDED",
            await server.Owner.ErrorCodeAsync("mutation($id: ID!) { cancelPlaygroundRun(input: { id: $id }) { run { requestPayload } } }", new { id = runId }));
        using (var late = await server.Owner.ListenAsync(JsonContent.Create(Subscription())))
        {
            var stream = await late.Content.ReadAsStringAsync();
            Assert.Contains("BLINDED", stream);
            Assert.DoesNotContain("demo-echo", stream);
        }

        await server.Owner.DoAsync("closeReviewQueue", new { id = queueId }, "queue { id }");
        Assert.Contains("demo-echo", await server.Owner.QueryTextAsync(Node, new { id = runId }));
    }

    [Fact]
    public async Task Provider_SavedByAManager_ShowsNoSecret()
    {
        var text = await server.Owner.QueryTextAsync(
            "mutation($input: SaveModelProviderInput!) { saveModelProvider(input: $input) { provider { id name baseUrl secretHint models "
                + "monthlyBudgetUsd } } }",
            new
            {
                input = new
                {
                    projectId = server.ProjectId,
                    name = "Team",
                    kind = "OPENAI",
                    apiKey = "sk-verysecretkey",
                    models = new[] { "m" },
                    monthlyBudgetUsd = "12.50",
                }
            });
        Assert.Contains(
            "…tkey",
            JsonDocument.Parse(text).RootElement.At("data.saveModelProvider.provider.secretHint")
                .GetString());
        Assert.DoesNotContain("verysecret", text);
        Assert.Equal("BAD_USER_INPUT", await server.Owner.ErrorCodeAsync(
            "mutation($input: SaveModelProviderInput!) { saveModelProvider(input: $input) { provider { id } } }",
            new { input = new { projectId = server.ProjectId, name = "Inside", kind = "OPENAI_COMPATIBLE", baseUrl = "http://169.254.169.254/v1" } }));
    }
}
