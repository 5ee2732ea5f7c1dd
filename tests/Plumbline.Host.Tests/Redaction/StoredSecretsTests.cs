using System.Text;
using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Redaction;

/// <summary>Whatever road content takes into the data folder, nothing that a rule names lies there.</summary>
public sealed class StoredSecretsTests : IAsyncLifetime
{
    private static readonly object[] Rules =
    [
        new { name = "mail", kind = "EMAIL", action = "MASK" }, new { name = "phone", kind = "PHONE", action = "REMOVE" },
        new { name = "word", kind = "REGEX", pattern = "Geh[eé]im[0-9]+", action = "HASH" },
    ];

    private readonly RunningServer _server = new();
    private readonly List<string> _kept = [];

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task EachWritePath_LeavesNoSecretInTheDataFolder()
    {
        using var ben = await _server.JoinAsync("ben@example.com", "SME");
        using var cat = await _server.JoinAsync("cat@example.com", "SME");
        var early = TraceSender.NewTraceId();
        await SendAsync(early, "first fruehe@corp.test");
        await _server.Owner.DoAsync("updateProjectSettings", new { projectId = _server.ProjectId, redaction = Rules }, "project { id }");

        var traceId = TraceSender.NewTraceId();
        await SendAsync(traceId, Text("messages"));
        await SendLogAsync(traceId);
        await CommentAsync(traceId);
        await ReviewAsync(traceId, ben, cat);
        await CollectAsync(traceId, early);
        await RunAsync();

        await _server.Process.StopAsync();
        AssertHidden(StoredFolder.Read(_server.Process.Folder));
        await StoredFolder.SealAsync(_server.Process.Folder);
        AssertHidden(StoredFolder.Read(_server.Process.Folder));
    }

    // What stands beside each secret has to be found: so the search sees what is written, and each of them was.
    private void AssertHidden(string stored)
    {
        foreach (var word in _kept) Assert.True(stored.Contains(word, StringComparison.Ordinal), $"{word} was not stored");
        Assert.DoesNotContain("kanarie", stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("23431", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("im4711", stored, StringComparison.Ordinal);
    }

    /// <summary>A text that says where it was put, with a secret for each rule.</summary>
    private string Text(string place)
    {
        _kept.Add($"kept-{place}-word");
        return $"kept-{place}-word\nkanarie-{place}@corp.test, +49 151 234317629; Gehéim4711";
    }

    private async Task SendAsync(string traceId, string words)
    {
        var isRuled = !words.StartsWith("first", StringComparison.Ordinal);
        // As SDKs do, with escapes for the plus sign and for every letter beyond ASCII.
        var messages = JsonSerializer.Serialize(new[] { new { role = "user", parts = new[] { new { type = "text", content = words } } } });
        var inner = JsonSerializer.Serialize(new { text = words, NAME = 1 }).Replace("NAME", isRuled ? "kanarie@corp.test" : "n", StringComparison.Ordinal);
        var nanos = $"{(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100}";
        object[] own = isRuled
            ? [Attribute("kanarie.1@corp.test", words), Attribute("kanarie.2@corp.test", words), BytesAttribute(words)]
            : [];
        var span = new
        {
            traceId,
            spanId = traceId[..16],
            name = $"chat {words}",
            startTimeUnixNano = nanos,
            endTimeUnixNano = nanos,
            status = new { code = 2, message = words },
            attributes = (object[])[
                Attribute("gen_ai.operation.name", "chat"), Attribute("gen_ai.input.messages", messages),
                Attribute("gen_ai.output.messages", JsonSerializer.Serialize(new { answer = inner })), Attribute("user.id", words), .. own],
            events = new[] { new { name = words, timeUnixNano = nanos, attributes = own } },
            links = new[] { new { traceId, spanId = traceId[..16], attributes = own } },
        };
        var scope = new { scope = new { name = words }, spans = new[] { span } };
        var resource = new { attributes = (object[])[Attribute("service.name", words), .. own] };
        using var answer = await _server.Script.PostAsync("/v1/traces", new { resourceSpans = new[] { new { resource, scopeSpans = new[] { scope } } } });
        answer.EnsureSuccessStatusCode();
    }

    private async Task SendLogAsync(string traceId)
    {
        var attributes = new[] { Attribute("content", Text("log")), Attribute("kanarie@corp.test", Text("log")) };
        var body = new { kvlistValue = new { values = attributes } };
        var record = new { traceId, spanId = traceId[..16], timeUnixNano = "1", eventName = "gen_ai.user.message", body, attributes };
        var scopeLogs = new[] { new { logRecords = new[] { record } } };
        using var answer = await _server.Script.PostAsync("/v1/logs", new { resourceLogs = new[] { new { scopeLogs } } });
        answer.EnsureSuccessStatusCode();
    }

    private static object Attribute(string key, string value) => new { key, value = new { stringValue = value } };

    private static object BytesAttribute(string text) => new { key = "bytes", value = new { bytesValue = Encoding.UTF8.GetBytes(text) } };

    private async Task CommentAsync(string traceId)
    {
        var on = await NodeAsync(traceId);
        await MakeAsync("addComment", "comment", new { projectId = _server.ProjectId, traceId = on, body = Text("comment") });
        var id = await MakeAsync("addComment", "comment", new { projectId = _server.ProjectId, traceId = on, body = "to be edited" });
        await MakeAsync("updateComment", "comment", new { id, body = Text("edited") });
    }

    private async Task ReviewAsync(string traceId, ServerClient ben, ServerClient cat)
    {
        var queueId = await QueueAsync(traceId, null, ben, cat);
        var assignmentId = await ClaimAsync(ben, queueId);
        var first = new { assignmentId, label = "FAIL", reasoning = Text("reason-before"), correctedOutput = Text("correction-before") };
        var reviewId = await MakeAsync("submitReview", "review", first, ben);
        await MakeAsync("reviseReview", "review", new { reviewId, label = "FAIL", reasoning = Text("reason"), correctedOutput = Text("correction") }, ben);
        await MakeAsync("submitReview", "review", new { assignmentId = await ClaimAsync(cat, queueId), label = "PASS" }, cat);
        var queue = await AskAsync("reviewQueue(id: $id) { items { nodes { id state } } }", queueId);
        var item = queue.At("items.nodes[0]");
        Assert.Equal("DISPUTED", item.GetProperty("state").GetString());
        await MakeAsync("adjudicate", "item", new { itemId = Id(item), label = "FAIL", reasoning = Text("decision"), correctedOutput = Text("decided") });

        var goldenId = await QueueAsync(traceId, new { label = "PASS", reasoning = Text("golden") }, ben, cat);
        var skip = new { assignmentId = await ClaimAsync(ben, goldenId), reason = Text("skip") };
        await ben.DoAsync("skipReview", skip, "assignment { id }");
    }

    private async Task<string> QueueAsync(string traceId, object? golden, params ServerClient[] people)
    {
        var reviewerIds = await Task.WhenAll(people.Select(p => p.MeAsync()));
        var queue = await _server.Project.QueueAsync("Q", reviewerIds: reviewerIds, reasoningRequired: "NEVER");
        await _server.Owner.DoAsync("addToReviewQueue", new { queueId = queue.Id, traceIds = new[] { await NodeAsync(traceId) }, golden }, "added");
        return queue.Id;
    }

    private async Task CollectAsync(string traceId, string early)
    {
        var datasetId = await MakeAsync("createDataset", "dataset", new { projectId = _server.ProjectId, name = "D", description = Text("description") });
        await _server.Owner.DoAsync("addToDataset", new { datasetId, items = new[] { Item("item") } }, "added");
        var spans = (await AskAsync("spans { nodes { id traceId } }")).GetProperty("nodes").EnumerateArray().ToLookup(TraceOf, Id);
        await _server.Owner.DoAsync("addToDataset", new { datasetId, spanIds = spans[traceId].Concat(spans[early]) }, "added");
        var items = (await AskAsync("dataset(id: $id) { items { nodes { id inputs } } }", datasetId)).At("items.nodes");
        // The rules of now hold for a span that came before them.
        Assert.Contains("first [mail]", items.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("fruehe", items.GetRawText(), StringComparison.Ordinal);
        var update = Item("updated");
        update["id"] = Id(items[0]);
        await MakeAsync("updateDatasetItem", "item", update);
        await _server.Owner.DoAsync("snapshotDataset", new { datasetId, note = Text("note") }, "version { number }");
    }

    private Dictionary<string, object> Item(string place) => new()
    {
        ["inputs"] = new Dictionary<string, object>
        {
            ["kanarie@corp.test"] = 1,
            ["text"] = Text($"{place}-inputs"),
            ["json"] = JsonSerializer.Serialize(new[] { Text($"{place}-json") }),
        },
        ["output"] = Text($"{place}-output"),
        ["expected"] = Text($"{place}-expected"),
        ["reasoning"] = Text($"{place}-reasoning"),
        ["metadata"] = new { note = Text($"{place}-metadata") },
    };

    private async Task RunAsync()
    {
        var input = new
        {
            projectId = _server.ProjectId,
            promptName = "echo",
            content = Content.Echo,
            inputs = new { q = Text("run") },
            providerId = await _server.Project.DemoProviderAsync(),
        };
        var started = await _server.Owner.DoAsync("startPlaygroundRun", input, "run { id inputs requestPayload }");
        // As it is stored before the model has answered.
        Assert.Equal(2, started.GetRawText().Split("[mail]").Length - 1);
        var runId = Id(started.GetProperty("run"));
        var subscription = JsonSerializer.Serialize(new { query = $"subscription {{ playgroundRun(id: \"{runId}\") {{ __typename }} }}" });
        using var body = new StringContent(subscription, Encoding.UTF8, "application/json");
        using (var stream = await _server.Owner.ListenAsync(body))
            Assert.Contains("PlaygroundFinished", await stream.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var run = await _server.Owner.QueryAsync(
            "query($id: ID!) { node(id: $id) { ... on PlaygroundRun { inputs requestPayload output renderedMessages { text } outputMessage { text } "
                + "trace { spans { input output } } } } }",
            new { id = runId });
        Assert.Equal(7, run.GetRawText().Split("[mail]").Length - 1);
    }

    /// <summary>Makes or changes something, by default as the owner, and gives its id.</summary>
    private async Task<string> MakeAsync(string mutation, string made, object input, ServerClient? person = null) =>
        (await (person ?? _server.Owner).DoAsync(mutation, input, $"{made} {{ id }}")).Text($"{made}.id");

    /// <summary>A field of the project.</summary>
    private async Task<JsonElement> AskAsync(string field, string? id = null)
    {
        var variables = id is null ? "$p: ID!" : "$p: ID!, $id: ID!";
        var project = await AskAsync(_server.Owner, $"query({variables}) {{ project(id: $p) {{ {field} }} }}", "project", new { p = _server.ProjectId, id });
        return project.EnumerateObject().Single().Value;
    }

    private static async Task<JsonElement> AskAsync(ServerClient person, string document, string field, object variables) =>
        (await person.QueryAsync(document, variables)).GetProperty(field);

    private static async Task<string> ClaimAsync(ServerClient person, string queueId) =>
        Id((await person.DoAsync("claimNextReview", new { queueId }, "assignment { id }")).GetProperty("assignment"));

    private async Task<string> NodeAsync(string traceId) =>
        Id((await AskAsync("traces { nodes { id traceId } }")).GetProperty("nodes").EnumerateArray().Single(t => TraceOf(t) == traceId));

    private static string? TraceOf(JsonElement node) => node.GetProperty("traceId").GetString();

    private static string Id(JsonElement node) => node.Text("id");
}
