using System.Text;
using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

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
        var queue = await server.Project.QueueAsync("Q", reviewsPerItem: 1, reasoningRequired: "NEVER");
        await queue.AddWhereAsync(new { userId = new { eq = "user-to-forget" } });
        await queue.JoinAsync(server.Owner);
        var review = await queue.JudgeAsync(server.Owner, "FAIL", "reason-to-forget", "correction-to-forget");
        await server.Owner.DoAsync("finishReview", new { id = review });
        var dataset = await server.Project.DatasetAsync("D");
        await dataset.AddDecidedAsync(queue);
        await dataset.SnapshotAsync();
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
        var provider = await server.Project.DemoProviderAsync();
        var runId = await server.Project.RunAsync("forget", Content.Echo, new { q = "question-to-forget" }, provider);
        var body = new StringContent(
            JsonSerializer.Serialize(new { query = $"subscription {{ playgroundRun(id: \"{runId}\") {{ __typename }} }}" }), Encoding.UTF8,
            "application/json");
        using (var stream = await server.Owner.ListenAsync(body)) Assert.Contains("PlaygroundFinished", await stream.Content.ReadAsStringAsync());
        var traceId = (await server.Owner.QueryAsync(
            "query($id: ID!) { node(id: $id) { ... on PlaygroundRun { trace { traceId } } } }", new { id = runId })).Text("node.trace.traceId");
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

    private List<string> FilesWith(string text) => FilesWith(Encoding.UTF8.GetBytes(text));

    private List<string> FilesWith(byte[] wanted) =>
        [.. Directory.EnumerateFiles(server.Process.Folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ".lock"
            && Bytes(f).AsSpan().IndexOf(wanted) >= 0)];

    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
