using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plumbline.Testing;

/// <summary>Sends OTLP as an SDK does, and asks what the server has.</summary>
public static class TraceSender
{
    public static string NewTraceId() => RandomNumberGenerator.GetHexString(32, true);

    public static ByteArrayContent Body(byte[] bytes, string? encoding = null)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    /// <summary>Whether the server acknowledged the trace; false when it died before.</summary>
    public static Task<bool> TrySendAsync(ServerClient script, string traceId) =>
        TrySendAsync(script, OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), traceId));

    /// <inheritdoc cref="TrySendAsync(ServerClient, string)"/>
    public static async Task<bool> TrySendAsync(ServerClient script, byte[] body)
    {
        try
        {
            using var answer = await script.PostAsync("/v1/traces", Body(body));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Every span of the project: its trace, its id, its input.</summary>
    public static async IAsyncEnumerable<JsonElement> SpansAsync(ServerClient script)
    {
        var id = await ProjectAsync(script);
        for (string? after = null; ;)
        {
            var page = (await script.QueryAsync(
                "query($id: ID!, $after: String) { project(id: $id) { spans(first: 500, after: $after) { nodes { traceId spanId input } pageInfo { "
                    + "hasNextPage endCursor } } } }",
                new { id, after })).At("project.spans");
            foreach (var span in page.GetProperty("nodes").EnumerateArray()) yield return span;
            if (!page.At("pageInfo.hasNextPage").GetBoolean()) yield break;
            after = page.At("pageInfo.endCursor").GetString();
        }
    }

    /// <summary>How often each trace id is listed in the project.</summary>
    public static async Task<Dictionary<string, int>> ListAsync(ServerClient script)
    {
        var id = await ProjectAsync(script);
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = (await script.QueryAsync(
                "query($id: ID!, $after: String) { project(id: $id) { traces(first: 500, after: $after) { nodes { traceId spanCount } pageInfo { "
                    + "hasNextPage endCursor } } } }",
                new { id, after })).At("project.traces");
            seen.AddRange(page.GetProperty("nodes").EnumerateArray().SelectMany(Spans));
            if (!page.At("pageInfo.hasNextPage").GetBoolean()) break;
            after = page.At("pageInfo.endCursor").GetString();
        }
        return seen.GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
    }

    private static async Task<string> ProjectAsync(ServerClient script)
    {
        var organization = (await script.QueryAsync("{ viewer { organizations { projects { id } } } }")).At("viewer.organizations[0]");
        return organization.Text("projects[0].id");
    }

    /// <summary>The trace's id once for each of its spans.</summary>
    private static IEnumerable<string> Spans(JsonElement trace) =>
        Enumerable.Repeat(trace.Text("traceId"), trace.GetProperty("spanCount").GetInt32());
}
