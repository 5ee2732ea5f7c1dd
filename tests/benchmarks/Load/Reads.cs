using System.Globalization;
using Plumbline.Contracts;

namespace Plumbline.Benchmarks.Load;

/// <summary>Questions to a server, with values that are others for every number.</summary>
/// <param name="server">The server.</param>
/// <param name="now">Where the traces end.</param>
/// <param name="big">A trace of many spans.</param>
/// <param name="words">The words of their texts.</param>
internal sealed class Reads(Questions server, long now, string big, Vocabulary words)
{
    private const string Row = "bucketStart group spans errors tokens { total } costUsd durationMs { p50 p95 p99 }";
    private const string Span =
        "id spanId parentSpanId name kind startTime durationMs status model tokens { input output total } costUsd inputMessages { role parts { "
            + "__typename } } outputMessages { role } input output attributes";
    private const string Session = "sessionId userId firstSeen lastSeen traceCount tokens { total } costUsd";

    /// <summary>What is asked, in the order of <see cref="All"/>.</summary>
    public static string[] Names { get; } =
        [
            "newest 50", "newest 50 with a model", "trace of 500 spans", "hour x model over 30 days", "hour x model of a user",
            "hour x model of an attribute", "sessions", "sessions with their traces", "facet of users", "facet of tags",
            "search of a rare word", "search of a common word"
        ];

    public IEnumerable<(string Name, Func<int, Task<object?>> Ask)> All()
    {
        Func<int, Task<object?>>[] asked =
        [
            _ => ListAsync(new { }),
            i => ListAsync(new { model = Eq(SpanGenerator.Models[i % 7]) }),
            _ =>
                CountAsync(
                    $"trace(id: $trace) {{ traceId name spans {{ {Span} }} }}", ", $trace: ID!",
                    new { id = server.ProjectId, trace = NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(server.ProjectId), big) },
                    "spans"),
            i => StatsAsync(new { name = new { notIn = new[] { "none-" + Text(i) } } }),
            i => StatsAsync(new { userId = Eq($"user-{i * 37 % 5000:d5}") }),
            i => StatsAsync(new { attributes = new[] { new { key = "app.retries", eq = Text(i % 3) } }, name = new { notIn = new[] { "none-" + Text(i) } } }),
            i =>
                CountAsync(
                    $"sessions(first: 50, where: $where) {{ nodes {{ {Session} }} }}", ", $where: TraceFilter",
                    new { id = server.ProjectId, where = new { name = new { notIn = new[] { "none-" + Text(i) } } } }, "nodes"),
            i =>
                CountAsync(
                    $"sessions(first: 50, where: $where) {{ nodes {{ {Session} traces {{ traceId name }} }} }}", ", $where: TraceFilter",
                    new { id = server.ProjectId, where = new { name = new { notIn = new[] { "none-" + Text(i) } } } }, "nodes"),
            i => FacetAsync("USER", "user-0" + Text(i % 50)),
            i => FacetAsync("TAG", i % 2 == 0 ? "b" : "c"),
            i => ListAsync(new { search = words[9_000 + (i * 91 % 8_000)] }),
            i => ListAsync(new { search = words[i % 60] }),
        ];
        return Names.Zip(asked);
    }

    private object Range => new { from = DateTimeOffset.UnixEpoch.AddTicks(now / 100).AddDays(-30), to = DateTimeOffset.UnixEpoch.AddTicks(now / 100) };

    private Task<object?> StatsAsync(object where) =>
        CountAsync(
            $"stats(range: $range, bucket: HOUR, groupBy: [MODEL], where: $where) {{ {Row} }}", ", $range: TimeRange!, $where: SpanFilter",
            new { id = server.ProjectId, range = Range, where }, "");

    private Task<object?> ListAsync(object where) =>
        CountAsync($"traces(first: 50, where: $where) {{ {Questions.Columns} }}", ", $where: TraceFilter", new { id = server.ProjectId, where }, "nodes");

    private Task<object?> FacetAsync(string field, string prefix) =>
        CountAsync(
            $"facets(field: {field}, range: $range, prefix: $prefix) {{ value count }}", ", $range: TimeRange!, $prefix: String",
            new { id = server.ProjectId, range = Range, prefix }, "");

    private async Task<object?> CountAsync(string field, string parameters, object variables, string list)
    {
        var found = (await server.ProjectAsync(field, variables, parameters)).EnumerateObject().First().Value;
        return (list.Length == 0 ? found : found.GetProperty(list)).GetArrayLength();
    }

    private static object Eq(string value) => new { eq = value };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
