using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Benchmarks.GraphQL;

/// <summary>100,000 rows of 15 fields in memory, asked for by pages.</summary>
internal static class TraceList
{
    public const int Rows = 100_000;
    public const int ExportPage = 500;

    private const string Sdl = """
        scalar DateTime scalar Decimal scalar Long
        enum SpanStatus { UNSET OK ERROR }
        type TokenUsage { input: Long! output: Long! total: Long! }
        type Trace { id: ID! traceId: String! name: String! startTime: DateTime! durationMs: Float! status: SpanStatus! environment: String sessionId: String userId: String
          spanCount: Int! errorCount: Int! costUsd: Decimal models: [String!]! inputPreview: String tokens: TokenUsage! }
        type PageInfo { hasNextPage: Boolean! endCursor: String }
        type TraceConnection { nodes: [Trace!]! pageInfo: PageInfo! }
        type Query { traces(first: Int! = 50, after: String): TraceConnection! }
        """;

    /// <summary>50 rows of 15 fields, the last with two below it; with variables, so that pages share one document.</summary>
    public static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "query($first: Int! = 50, $after: String) { traces(first: $first, after: $after) { nodes { id traceId name startTime durationMs status "
            + "environment sessionId userId spanCount errorCount costUsd models inputPreview tokens { input output } } } }");

    public static IServiceCollection Add(IServiceCollection services) =>
        services.AddGraphQL(g => g.AddSchema(Sdl).AddResolvers<Resolvers>().Limit(l => l.MaxCost = long.MaxValue));

    public static ServiceProvider Services() => Add(new ServiceCollection()).BuildServiceProvider();

    public static GraphQLEngine Engine(ServiceProvider services) => services.GetRequiredService<GraphQLEngine>();

    public enum SpanStatus
    {
        Unset,
        Ok,
        Error,
    }

    public sealed record Tokens(long Input, long Output, long Total);

    public sealed record Trace(
        string Id, string TraceId, string Name, DateTimeOffset StartTime, double DurationMs, SpanStatus Status, string? Environment,
        string? SessionId, string? UserId,
        int SpanCount, int ErrorCount, decimal? CostUsd, IReadOnlyList<string> Models, string? InputPreview, Tokens Tokens);

    [ResolversFor("Query")]
    public sealed class Resolvers
    {
        private static readonly Trace[] All = [.. Enumerable.Range(0, Rows).Select(Make)];

        public Connection<Trace> Traces(int first, string? after)
        {
            var from = after is null ? 0 : int.Parse(Cursor.Decode(after), CultureInfo.InvariantCulture) + 1;
            var page = All.AsSpan(from, Math.Min(first, All.Length - from)).ToArray();
            return Connection.From(page, t => Cursor.Encode(t.Id), from + page.Length < All.Length, from > 0);
        }

        private static Trace Make(int i) => new(
            i.ToString(CultureInfo.InvariantCulture), $"{i:x32}", "chat completion", DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000 + i),
            12.5 + i, (SpanStatus)(i % 3), "production",
            $"session-{i % 100}", null, 7, i % 2, 0.00125m, ["gpt-5", "text-embedding-4"], "What does the contract say about termination for "
                + "convenience?", new Tokens(120 + i, 45, 165 + i));
    }
}
