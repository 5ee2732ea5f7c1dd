using System.Net.Http.Json;
using System.Text.Json;

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

    private async Task<JsonElement> SaveAsync(string name, string template, int? expectedParent = null) => (await server.Owner.QueryAsync(
        $"mutation($input: SavePromptVersionInput!) {{ savePromptVersion(input: $input) {{ created promptVersion {{ id {Version} }} }} }}",
        new
        {
            input = new
            {
                projectId = server.ProjectId,
                promptName = name,
                content = Content(template),
                note = "note",
                expectedParent,
            }
        })).GetProperty("savePromptVersion");

    [Fact]
    public async Task Versions_SavedLabelledAndCompared_AreReadBackWhole()
    {
        var first = await SaveAsync("claims", "Answer {{q}}");
        var second = await SaveAsync("claims", "Answer {{q}} in {{n}} words", expectedParent: 1);
        Assert.False((await SaveAsync("claims", "Answer {{q}}")).GetProperty("created").GetBoolean());
        var version = second.GetProperty("promptVersion");
        Assert.Equal((2, 1), (version.GetProperty("number").GetInt32(), version.GetProperty("parentNumber").GetInt32()));
        Assert.Equal(3, version.GetProperty("variables")[1].GetProperty("default").GetInt32());
        var promptId = version.GetProperty("prompt").GetProperty("id").GetString();
        await server.Owner.QueryAsync(
            "mutation($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { prompt { labels { name } } } }",
            new { input = new { promptId, label = "production", number = 2 } });
        var read = await server.Script.QueryAsync(
            "query($id: ID!, $version: ID!) { project(id: $id) { prompts { totalCount nodes { name latest { number } } } prompt(name: "
                + $"\"claims\") {{ versions {{ totalCount nodes {{ number }} }} version(label: \"production\") {{ {Version} "
            + "diff(against: 1) { messages { label hunks { op text } } variables parameters { path before after } model { path } code { label } "
            + "responseSchema { path } } } } } node(id: $version) { ... on PromptVersion { number } } }",
            new { id = server.ProjectId, version = first.GetProperty("promptVersion").GetProperty("id").GetString() });
        var prompt = read.GetProperty("project").GetProperty("prompt");
        Assert.Equal("production", prompt.GetProperty("version").GetProperty("labels")[0].GetString());
        var hunks = prompt.GetProperty("version").GetProperty("diff").GetProperty("messages")[0].GetProperty("hunks");
        Assert.Equal("ADDED", hunks[1].GetProperty("op").GetString());
        Assert.Equal(1, read.GetProperty("node").GetProperty("number").GetInt32());
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
            new { id = server.ProjectId }))
            .GetProperty("project").GetProperty("providers");
        var demo = providers.EnumerateArray().Last();
        Assert.Equal("DEMO", demo.GetProperty("kind").GetString());
        const string Fields =
            "id status inputs requestPayload output durationMs timeToFirstTokenMs costUsd startedAt tokens { input output total } error { status "
                + "code message retryable } promptVersion { number prompt { name } } startedBy { name } "
            + "renderedMessages { role name text parts { __typename ... on TextPart { text } } } outputMessage { role text parts { __typename } } "
            + "trace { id name spanCount promptVersions { number } }";
        var started = await server.Owner.QueryAsync(
            $"mutation($input: StartPlaygroundRunInput!) {{ startPlaygroundRun(input: $input) {{ run {{ {Fields} }} }} }}",
            new
            {
                input = new
                {
                    projectId = server.ProjectId,
                    promptName = "run-it",
                    content = Content("Say {{q}}"),
                    inputs = new { q = "{{q}}" },
                    providerId = demo.GetProperty("id").GetString(),
                }
            });
        var run = started.GetProperty("startPlaygroundRun").GetProperty("run");
        Assert.Equal("Say {{q}}", run.GetProperty("renderedMessages")[1].GetProperty("text").GetString());
        using var answer = await server.Owner.ListenAsync(JsonContent.Create(new
        {
            query =
                "subscription($id: ID!) { playgroundRun(id: $id) { __typename ... on PlaygroundDelta { runId text } ... on PlaygroundFinished "
                    + $"{{ run {{ {Fields} }} }} }} }}",
            variables = new { id = run.GetProperty("id").GetString() },
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
        var demo = setup.GetProperty("project").GetProperty("providers").EnumerateArray().Last().GetProperty("id").GetString();
        var runId = (await server.Owner.QueryAsync(
            "mutation($input: StartPlaygroundRunInput!) { startPlaygroundRun(input: $input) { run { id } } }",
            new
            {
                input = new
                {
                    projectId = server.ProjectId,
                    promptName = "judged",
                    content = Content("Say {{q}}"),
                    inputs = new { q = "x" },
                    providerId = demo,
                }
            })).GetProperty("startPlaygroundRun").GetProperty("run").GetProperty("id").GetString();
        object Subscription() =>
            new
            {
                query = "subscription($id: ID!) { playgroundRun(id: $id) { ... on PlaygroundFinished { run { status requestPayload } } } }",
                variables = new { id = runId },
            };
        using (var live = await server.Owner.ListenAsync(JsonContent.Create(Subscription())))
            Assert.Contains("demo-echo", await live.Content.ReadAsStringAsync());
        const string Node = "query($id: ID!) { node(id: $id) { ... on PlaygroundRun { requestPayload trace { id } } } }";
        var traceId = (await server.Owner.QueryAsync(Node, new { id = runId })).GetProperty("node").GetProperty("trace").GetProperty("id").GetString();
        var reviewer = setup.GetProperty("viewer").GetProperty("user").GetProperty("id").GetString();
        var queueId = (await server.Owner.QueryAsync(
            "mutation($input: CreateReviewQueueInput!) { createReviewQueue(input: $input) { queue { id } } }",
            new
            {
                input = new
                {
                    projectId = server.ProjectId,
                    name = "Runs",
                    instructions = "Good?",
                    reviewsPerItem = 1,
                    reviewerIds = new[] { reviewer },
                }
            })).GetProperty("createReviewQueue").GetProperty("queue").GetProperty("id").GetString();
        await server.Owner.QueryAsync(
            "mutation($input: AddToReviewQueueInput!) { addToReviewQueue(input: $input) { added } }",
            new { input = new { queueId, traceIds = new[] { traceId } } });

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

        await server.Owner.QueryAsync("mutation($input: IdInput!) { closeReviewQueue(input: $input) { queue { id } } }", new { input = new { id = queueId } });
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
            JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("saveModelProvider").GetProperty("provider").GetProperty("secretHint")
                .GetString());
        Assert.DoesNotContain("verysecret", text);
        Assert.Equal("BAD_USER_INPUT", await server.Owner.ErrorCodeAsync(
            "mutation($input: SaveModelProviderInput!) { saveModelProvider(input: $input) { provider { id } } }",
            new { input = new { projectId = server.ProjectId, name = "Inside", kind = "OPENAI_COMPATIBLE", baseUrl = "http://169.254.169.254/v1" } }));
    }
}
