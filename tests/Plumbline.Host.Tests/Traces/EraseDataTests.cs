using System.Text;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces;

/// <summary>After an erasure no file of the server's data folder holds what was erased.</summary>
public sealed class EraseDataTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Erase =
        "mutation($input: EraseDataInput!) { eraseData(input: $input) { erasedSpans erasedReviewItems erasedDatasetItems erasedComments "
            + "erasedPlaygroundRuns } }";

    [Fact]
    public async Task EraseData_OfAUser_LeavesNothingInTheDataFolder()
    {
        var gone = TraceSender.NewTraceId();
        await SendAsync(gone, "user-to-forget", "words-to-forget");
        await SendAsync(TraceSender.NewTraceId(), "user-to-keep", "words-to-keep");
        var queueId = await IdAsync(
            "createReviewQueue(input: { projectId: \"PRJ\", name: \"Q\", instructions: \"x\", reviewsPerItem: 1, reasoningRequired: NEVER }) { queue { id } }",
            "queue");
        await server.Owner.QueryAsync(
            "mutation($q: ID!, $u: String!) { addToReviewQueue(input: { queueId: $q, where: { userId: { eq: $u } } }) { added } }",
            new { q = queueId, u = "user-to-forget" });
        await server.Owner.QueryAsync($"mutation {{ joinReviewQueue(input: {{ queueId: \"{queueId}\" }}) {{ queue {{ id }} }} }}");
        var assignment = (await server.Owner.QueryAsync($"mutation {{ claimNextReview(input: {{ queueId: \"{queueId}\" }}) {{ assignment {{ id }} }} }}"))
            .GetProperty("claimNextReview").GetProperty("assignment").GetProperty("id").GetString();
        var review = (await server.Owner.QueryAsync("mutation($input: SubmitReviewInput!) { submitReview(input: $input) { review { id } } }",
            new { input = new { assignmentId = assignment, label = "FAIL", correctedOutput = "correction-to-forget", reasoning = "reason-to-forget" } }))
            .GetProperty("submitReview").GetProperty("review").GetProperty("id").GetString();
        await server.Owner.QueryAsync($"mutation {{ finishReview(input: {{ id: \"{review}\" }}) {{ review {{ id }} }} }}");
        var datasetId = await IdAsync("createDataset(input: { projectId: \"PRJ\", name: \"D\" }) { dataset { id } }", "dataset");
        await server.Owner.QueryAsync(
            $"mutation {{ addToDataset(input: {{ datasetId: \"{datasetId}\", fromQueue: {{ queueId: \"{queueId}\" }} }}) {{ added }} }}");
        await server.Owner.QueryAsync($"mutation {{ snapshotDataset(input: {{ datasetId: \"{datasetId}\" }}) {{ version {{ number }} }} }}");
        string[] traces = ["user-to-forget", "words-to-forget", "correction-to-forget", "reason-to-forget", gone];
        foreach (var text in traces) Assert.NotEmpty(FilesWith(text));

        var answer = (await server.Owner.QueryAsync(
            Erase, new { input = new { projectId = server.ProjectId, userId = "user-to-forget" } })).GetProperty("eraseData");
        Assert.Equal("""{"erasedSpans":1,"erasedReviewItems":1,"erasedDatasetItems":1,"erasedComments":0,"erasedPlaygroundRuns":0}""", answer.GetRawText());
        foreach (var text in traces) Assert.Empty(FilesWith(text));
        Assert.Empty(FilesWith(Convert.FromHexString(gone)));
        var kept = await server.Owner.QueryTextAsync(
            "query($id: ID!) { project(id: $id) { traces(where: { search: \"words-to-keep\" }) { nodes { userId } } } }",
            new { id = server.ProjectId });
        Assert.Contains("user-to-keep", kept);
    }

    [Fact]
    public async Task EraseData_OfAPlaygroundTrace_TakesTheRunAlong()
    {
        var provider = (await server.Owner.QueryAsync(
            "query($id: ID!) { project(id: $id) { providers { id kind } } }", new { id = server.ProjectId })).GetProperty("project").GetProperty("providers")
            .EnumerateArray().First(p => p.GetProperty("kind").GetString() == "DEMO").GetProperty("id").GetString();
        var content = new
        {
            messages = new[] { new { role = "USER", template = "{{q}}" } },
            variables = new[] { new { name = "q", type = "STRING" } },
            model = "demo-echo",
        };
        var runId = (await server.Owner.QueryAsync("mutation($input: StartPlaygroundRunInput!) { startPlaygroundRun(input: $input) { run { id } } }",
            new
            {
                input = new
                {
                    projectId = server.ProjectId,
                    promptName = "forget",
                    content,
                    inputs = new { q = "question-to-forget" },
                    providerId = provider,
                }
            })).GetProperty("startPlaygroundRun").GetProperty("run").GetProperty("id").GetString();
        var body = new StringContent(
            JsonSerializer.Serialize(new { query = $"subscription {{ playgroundRun(id: \"{runId}\") {{ __typename }} }}" }), Encoding.UTF8,
            "application/json");
        using (var stream = await server.Owner.ListenAsync(body)) Assert.Contains("PlaygroundFinished", await stream.Content.ReadAsStringAsync());
        var traceId = (await server.Owner.QueryAsync(
            "query($id: ID!) { node(id: $id) { ... on PlaygroundRun { trace { traceId } } } }", new { id = runId })).GetProperty("node").GetProperty("trace")
                .GetProperty("traceId").GetString();
        Assert.NotEmpty(FilesWith("question-to-forget"));

        var answer = (await server.Owner.QueryAsync(Erase, new { input = new { projectId = server.ProjectId, traceId } })).GetProperty("eraseData");
        Assert.Equal((1, 1), (answer.GetProperty("erasedSpans").GetInt32(), answer.GetProperty("erasedPlaygroundRuns").GetInt32()));
        Assert.Empty(FilesWith("question-to-forget"));
        Assert.Equal("NOT_FOUND", await server.Owner.ErrorCodeAsync("query($id: ID!) { node(id: $id) { id } }", new { id = runId }));
    }

    private async Task SendAsync(string traceId, string userId, string words)
    {
        var nanos = $"{(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100}";
        object Text(string key, string value) => new { key, value = new { stringValue = value } };
        object[] attributes =
        [
            Text("gen_ai.operation.name", "chat"), Text("user.id", userId),
            Text(
                "gen_ai.input.messages", $$"""[{"role":"user","parts":[{"type":"text","content":"{{words}}"}]}]"""), Text(
                    "gen_ai.output.messages", """[{"role":"assistant","parts":[{"type":"text","content":"Yes."}]}]"""),
        ];
        var span = new { traceId, spanId = traceId[..16], name = "chat", kind = 3, startTimeUnixNano = nanos, endTimeUnixNano = nanos, attributes };
        using var answer = await server.Script.PostAsync(
            "/v1/traces", new { resourceSpans = new[] { new { scopeSpans = new[] { new { spans = new[] { span } } } } } });
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> IdAsync(string mutation, string made)
    {
        var data = await server.Owner.QueryAsync($"mutation {{ {mutation.Replace("PRJ", server.ProjectId, StringComparison.Ordinal)} }}");
        return data.EnumerateObject().Single().Value.GetProperty(made).GetProperty("id").GetString()!;
    }

    private List<string> FilesWith(string text) => FilesWith(Encoding.UTF8.GetBytes(text));

    private List<string> FilesWith(byte[] wanted) =>
        [.. Directory.EnumerateFiles(server.Process.Folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ".lock"
            && Content(f).AsSpan().IndexOf(wanted) >= 0)];

    private static byte[] Content(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
