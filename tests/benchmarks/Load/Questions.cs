using System.Diagnostics;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Load;

/// <summary>What people and scripts ask, through GraphQL.</summary>
internal sealed class Questions(ServerClient client, string projectId)
{
    public const string Columns =
        "nodes { id traceId name startTime status durationMs costUsd spanCount errorCount models environment userId inputPreview outputPreview "
            + "tokens { total } } pageInfo { hasNextPage endCursor }";

    public static async Task<Questions> AskAsync(ServerClient client)
    {
        var data = await client.QueryAsync("{ viewer { organizations { projects { id } } } }");
        return new(client, data.Text("viewer.organizations[0].projects[0].id"));
    }

    public string ProjectId => projectId;

    /// <summary>Whether a trace can be read; it was acknowledged a moment ago.</summary>
    public async Task<bool> SeesAsync(TraceId id)
    {
        var trace = (await ProjectAsync(
            "trace(id: $trace) { traceId spanCount }",
            new
            {
                id = projectId,
                trace = NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(projectId), id.ToString()),
            }, ", $trace: ID!")).GetProperty("trace");
        return trace.ValueKind == JsonValueKind.Object && trace.GetProperty("spanCount").GetInt32() is 4 or 5;
    }

    public async Task RunAsync(RequestSource source, int rounds)
    {
        var (words, ids) = (source.Words, await IdsAsync());
        await TimeAsync("newest 50", rounds, _ => ListAsync(new { }), "");
        await TimeAsync(
            "newest 50 with a model", rounds, i => ListAsync(new { model = new { eq = SpanGenerator.Models[i % 7] } }),
            "p50 2, p95 5 in the store");
        await TimeAsync("trace by id, whole", rounds, i => TraceAsync(ids[i * 7 % ids.Count]), "p50 1 in the store");
        await TimeAsync("hour x model over 30 days", Math.Max(5, rounds / 5), _ => HourlyAsync(source), "p50 10, p95 30 in the store");
        await TimeAsync(
            "search of a rare word", Math.Max(5, rounds / 2), i => ListAsync(new { search = words[9_000 + (i * 91 % 8_000)] }),
            "p50 20, p95 60 in the store");
        await TimeAsync("search of a common word", Math.Max(5, rounds / 2), i => ListAsync(new { search = words[i % 60] }), "p50 10, p95 60 in the store");
    }

    private static async Task TimeAsync(string name, int rounds, Func<int, Task<object?>> ask, string bar) =>
        await Timing.MeasureAsync("GraphQL: " + name, rounds, ask, bar);

    private async Task<List<string>> IdsAsync()
    {
        var ids = new List<string>();
        string? after = null;
        for (var i = 0; i < 4; i++)
        {
            var page = (await ProjectAsync(
                $"traces(first: 50, after: $after) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }}",
                new { id = projectId, after }, ", $after: String")).GetProperty("traces");
            ids.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.Text("id")));
            after = page.At("pageInfo.endCursor").GetString();
        }
        return ids;
    }

    private async Task<object?> ListAsync(object where)
    {
        var page = (await ProjectAsync(
            $"traces(first: 50, where: $where) {{ {Columns} }}", new { id = projectId, where }, ", $where: TraceFilter")).GetProperty("traces");
        return page.GetProperty("nodes").GetArrayLength();
    }

    private async Task<object?> TraceAsync(string trace)
    {
        var found = (await ProjectAsync(
            "trace(id: $trace) { traceId spans { name kind input output model durationMs } }", new { id = projectId, trace },
            ", $trace: ID!")).GetProperty("trace");
        return found.GetProperty("spans").GetArrayLength();
    }

    private async Task<object?> HourlyAsync(RequestSource source)
    {
        var end = DateTimeOffset.UnixEpoch.AddTicks(source.Now / 100);
        var range = new { from = end.AddDays(-30), to = end };
        var rows = (await ProjectAsync(
            "stats(range: $range, bucket: HOUR, groupBy: [MODEL]) { bucketStart group spans errors tokens { total } costUsd durationMs { p50 p95 "
                + "p99 } }", new { id = projectId, range }, ", $range: TimeRange!")).GetProperty("stats");
        return rows.GetArrayLength();
    }

    public async Task<JsonElement> ProjectAsync(string fields, object variables, string parameters) =>
        (await client.QueryAsync($"query($id: ID!{parameters}) {{ project(id: $id) {{ {fields} }} }}", variables)).GetProperty("project");

    /// <summary>How long until a question is answered for the first time.</summary>
    public async Task<TimeSpan> FirstAnswerAsync()
    {
        var watch = Stopwatch.StartNew();
        await ListAsync(new { });
        return watch.Elapsed;
    }
}
