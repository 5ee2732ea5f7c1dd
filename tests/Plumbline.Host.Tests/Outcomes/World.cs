using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Features.Reviews;
using Plumbline.Host.Tests.Api;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Outcomes;

/// <summary>A server with some people and traces, on a network that loses what it is told to.</summary>
public sealed class World : IAsyncLifetime
{
    private InProcessServer _server = null!;
    private int _number;

    internal LossyNetwork Network { get; } = new();

    public HttpClient Owner => _server.Owner;

    public string ProjectId { get; private set; } = "";

    /// <summary>The project as its owner asks for it.</summary>
    internal Project Project => new(new InProcessClient(Owner), ProjectId);

    public string OrganizationId => _server.OrganizationId;

    /// <summary>Three people who review.</summary>
    internal Person Ben { get; private set; } = null!;

    internal Person Cat { get; private set; } = null!;

    internal Person Dan { get; private set; } = null!;

    /// <summary>A script that sends telemetry to the project.</summary>
    private HttpClient Script { get; set; } = null!;

    /// <summary>A trace of the project, by its API id.</summary>
    public string TraceId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessServer.StartAsync(Network, services => services.PostConfigure<ReviewsOptions>(o => o.MaxQueues = 10_000));
        (Ben, Cat, Dan) = (await JoinAsync("ben"), await JoinAsync("cat"), await JoinAsync("dan"));
        await BeginAsync();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Ben.Browser, Cat.Browser, Dan.Browser, Script }) client.Dispose();
        return _server.DisposeAsync();
    }

    /// <summary>Goes on in a new project with a few traces: in one that fills up everything takes longer.</summary>
    public async Task BeginAsync()
    {
        ProjectId = (await DoAsync(
            "createProject", new { organizationId = OrganizationId, name = NewWord("Begun") }, "project { id }")).Text("project.id");
        Script?.Dispose();
        Script = WithKey((await Project.KeyAsync("Telemetry", "INGEST")).Secret);
        for (var i = 0; i < 4; i++) await SendTraceAsync();
        TraceId = (await TracesAsync())[0];
    }

    /// <summary>A word that nothing else is called by.</summary>
    public string NewWord(string kind) => $"{kind}{Interlocked.Increment(ref _number)}x";

    public HttpClient Browser() => _server.Browser();

    public HttpClient WithKey(string secret)
    {
        var client = new HttpClient { BaseAddress = _server.Owner.BaseAddress };
        client.DefaultRequestHeaders.Add("x-api-key", secret);
        return client;
    }

    public Task<JsonElement> AskAsync(string query, object? variables = null, HttpClient? by = null) => InProcessServer.AskAsync(by ?? Owner, query, variables);

    public Task<JsonElement> AnswerAsync(string query, object? variables = null, HttpClient? by = null) =>
        InProcessServer.AnswerAsync(by ?? Owner, query, variables);

    /// <summary>The project, asked by the owner.</summary>
    public async Task<JsonElement> ProjectAsync(string fields, string? id = null) =>
        (await AskAsync($"query($id: ID!) {{ project(id: $id) {{ {fields} }} }}", new { id = id ?? ProjectId })).GetProperty("project");

    /// <summary>A thing by its id, asked by the owner.</summary>
    public async Task<JsonElement> NodeAsync(object? id, string fields, HttpClient? by = null) =>
        (await AskAsync($"query($id: ID!) {{ node(id: $id) {{ {fields} }} }}", new { id }, by)).GetProperty("node");

    /// <summary>Entries of the organization's audit log with this action and target.</summary>
    public async Task<int> AuditsAsync(string action, object? target, string slug = "acme")
    {
        var log = await AskAsync(
            "query($slug: String!, $action: String!) { organization(slug: $slug) { auditLog(first: 500, where: { action: $action }) { nodes { target } } } }",
            new { slug, action });
        return log.At("organization.auditLog.nodes").Count("target", (string)target!);
    }

    /// <summary>A mutation that has to succeed, by the owner if nobody else is said.</summary>
    public Task<JsonElement> DoAsync(string mutation, object input, string selection, HttpClient? by = null) =>
        new InProcessClient(by ?? Owner).DoAsync(mutation, input, selection);

    /// <summary>A queue of these people with so many spans in it.</summary>
    internal async Task<string> QueueAsync(int spans, int reviewsPerItem, params Person[] reviewers)
    {
        var queue = await Project.QueueAsync(
            NewWord("queue"), reviewerIds: reviewers.Select(r => r.Id), reviewsPerItem: reviewsPerItem, reasoningRequired: "NEVER");
        if (spans > 0) await queue.AddTracesAsync((await TracesAsync()).Take(spans));
        return queue.Id;
    }

    /// <summary>A queue that whoever may review may join.</summary>
    internal async Task<string> OpenQueueAsync() => (await Project.QueueAsync(NewWord("open"))).Id;

    internal async Task<string> ClaimAsync(Person person, string queueId) =>
        (await new Queue(Project.By, queueId).ClaimAsync(new InProcessClient(person.Browser))).Text("id");

    /// <summary>Claims an item and judges it.</summary>
    /// <returns>The review's id.</returns>
    internal Task<string> JudgeAsync(Person person, string queueId, string label) =>
        new Queue(Project.By, queueId).JudgeAsync(new InProcessClient(person.Browser), label);

    /// <summary>The item of a queue that two people have judged differently.</summary>
    internal async Task<string> DisputedItemAsync()
    {
        var queueId = await QueueAsync(1, 2, Ben, Cat, Dan);
        await JudgeAsync(Ben, queueId, "PASS");
        await JudgeAsync(Cat, queueId, "FAIL");
        return (await NodeAsync(queueId, "... on ReviewQueue { items { nodes { id } } }")).Text("items.nodes[0].id");
    }

    internal async Task<string> DatasetAsync(int items = 0)
    {
        var dataset = await Project.DatasetAsync(NewWord("dataset"));
        if (items > 0) await dataset.AddItemsAsync(Enumerable.Range(0, items).Select(n => new { inputs = n }));
        return dataset.Id;
    }

    internal async Task<string[]> ItemsAsync(object? datasetId) =>
        [.. (await new Dataset(Project.By, (string)datasetId!).ItemsAsync()).Select(i => i.Text("id"))];

    internal async Task<(string Name, string Id)> PromptAsync()
    {
        var name = NewWord("prompt");
        var saved = await DoAsync(
            "savePromptVersion", new { projectId = ProjectId, promptName = name, content = Content(name) },
            "promptVersion { prompt { id } }");
        return (name, saved.Text("promptVersion.prompt.id"));
    }

    internal static object Content(string template) => new { messages = new[] { new { role = "USER", template } }, model = "demo-echo" };

    internal async Task<string> CommentAsync(string? body = null) =>
        (await DoAsync(
            "addComment", new { projectId = ProjectId, traceId = TraceId, body = body ?? NewWord("comment") },
            "comment { id }")).Text("comment.id");

    internal async Task<string> ProviderAsync() =>
        (await DoAsync("saveModelProvider", NewProvider(), "provider { id }")).Text("provider.id");

    internal Dictionary<string, object?> NewProvider() => new()
    {
        ["projectId"] = ProjectId,
        ["name"] = NewWord("provider"),
        ["kind"] = "OPENAI_COMPATIBLE",
        ["baseUrl"] = "https://models.example.com/v1",
        ["apiKey"] = "sk-0123456789abcdef",
    };

    internal async Task<string> InviteAsync(string organizationId, string email, string role)
    {
        var invited = await DoAsync("inviteMember", new { organizationId, email, role }, "acceptUrl");
        return invited.Text("acceptUrl").Split('/')[^1];
    }

    /// <summary>A new person of the organization.</summary>
    internal async Task<Person> JoinAsync(string name)
    {
        var browser = Browser();
        var email = $"{name}@example.com";
        using var joined = await browser.PostAsJsonAsync(
            "/signin/join", new { token = await InviteAsync(OrganizationId, email, "DEVELOPER"), name, password = RunningServer.Password });
        joined.EnsureSuccessStatusCode();
        return new Person(browser, await new InProcessClient(browser).MeAsync(), email);
    }

    /// <summary>Sends one more trace with a model call.</summary>
    /// <returns>Its API id.</returns>
    public async Task<string> SendTraceAsync()
    {
        var number = Interlocked.Increment(ref _number);
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        object Text(string key, string value) => new { key, value = new { stringValue = value } };
        var span = new
        {
            traceId = $"{number:x32}",
            spanId = $"{number:x16}",
            name = "chat",
            startTimeUnixNano = $"{now}",
            endTimeUnixNano = $"{now + 1_000_000}",
            attributes = new[]
            {
                Text("gen_ai.operation.name", "chat"),
                Text("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"Where is it?"}]}]"""),
                Text("gen_ai.output.messages", """[{"role":"assistant","parts":[{"type":"text","content":"On its way."}]}]"""),
            },
        };
        using var answer = await Script.PostAsJsonAsync(
            "/v1/traces",
            new { resourceSpans = new[] { new { resource = new { }, scopeSpans = new[] { new { spans = new[] { span } } } } } });
        answer.EnsureSuccessStatusCode();
        return NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(ProjectId), span.traceId);
    }

    /// <summary>The first traces of the project that were sent, oldest first.</summary>
    internal async Task<string[]> TracesAsync()
    {
        var traces =
            (await ProjectAsync("traces(first: 4, where: { name: { eq: \"chat\" } }, orderBy: { field: START_TIME, direction: ASC }) { nodes { id } }"))
                .At("traces.nodes");
        return [.. traces.EnumerateArray().Select(t => t.Text("id"))];
    }
}

/// <summary>Somebody with a browser of their own.</summary>
internal sealed record Person(HttpClient Browser, string Id, string Email);
