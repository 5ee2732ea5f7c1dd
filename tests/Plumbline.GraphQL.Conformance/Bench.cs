using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Relay;
using Plumbline.GraphQL.Types;
using Plumbline.GraphQL.Validation;

namespace Plumbline.GraphQL.Conformance;

/// <summary>Times the engine's steps on one thread: the best of several rounds, in microseconds, so that what else the machine does weighs little.</summary>
internal static class Bench
{
    private const int Rounds = 40;

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

    /// <summary>50 rows of 15 fields, the last with two below it.</summary>
    public const string Query =
        "{ traces(first: 50) { nodes { id traceId name startTime durationMs status environment sessionId userId spanCount errorCount costUsd models inputPreview tokens { input output } } } }";

    public enum SpanStatus
    {
        Unset,
        Ok,
        Error,
    }

    public sealed record Tokens(long Input, long Output, long Total);

    public sealed record Trace(
        string Id, string TraceId, string Name, DateTimeOffset StartTime, double DurationMs, SpanStatus Status, string? Environment, string? SessionId, string? UserId,
        int SpanCount, int ErrorCount, decimal? CostUsd, IReadOnlyList<string> Models, string? InputPreview, Tokens Tokens);

    [ResolversFor("Query")]
    public sealed class Resolvers
    {
        private static readonly Trace[] All = [.. Enumerable.Range(0, 100_000).Select(Make)];

        public Connection<Trace> Traces(int first, string? after)
        {
            var from = after is null ? 0 : int.Parse(Cursor.Decode(after), CultureInfo.InvariantCulture) + 1;
            var page = All.AsSpan(from, Math.Min(first, All.Length - from)).ToArray();
            return Connection.From(page, t => Cursor.Encode(t.Id), from + page.Length < All.Length, from > 0);
        }

        private static Trace Make(int i) => new(
            i.ToString(CultureInfo.InvariantCulture), $"{i:x32}", "chat completion", DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000 + i), 12.5 + i, (SpanStatus)(i % 3), "production",
            $"session-{i % 100}", null, 7, i % 2, 0.00125m, ["gpt-5", "text-embedding-4"], "What does the contract say about termination for convenience?", new Tokens(120 + i, 45, 165 + i));
    }

    public static async Task<ReadOnlyMemory<byte>> RunAsync(JsonElement command)
    {
        var document = Encoding.UTF8.GetBytes(command.GetProperty("source").GetString()!);
        var schema = SchemaBuilder.Build([command.GetProperty("sdl").GetString()!]);
        await using var services = new ServiceCollection().AddGraphQL(g => g.AddSchema(Sdl).AddResolvers<Resolvers>().Limit(l => l.MaxCost = long.MaxValue)).BuildServiceProvider();
        var engine = services.GetRequiredService<GraphQLEngine>();
        var query = Encoding.UTF8.GetBytes(Query);
        var uncached = Best(200, Uncached); // for warming up: what is first is timed before the compiler is done with it
        var parse = Best(200, () => Parser.Parse(document, new ParseLimits(20_000, 128)));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        DocumentValidator.Validate(schema, Parser.Parse(document, new ParseLimits(20_000, 128)), 50);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var cached = Best(5_000, () => engine.Prepare(query));
        var execute = Best(200, () => Execute(engine, services, query));
        var exportMegabytesPerSecond = Export(engine, services);
        uncached = Math.Min(uncached, Best(200, Uncached));
        return JsonSerializer.SerializeToUtf8Bytes(new { parse, allocated, uncached, cached, execute, exportMegabytesPerSecond, documentBytes = document.Length });

        IReadOnlyList<GraphQLError> Uncached() => DocumentValidator.Validate(schema, Parser.Parse(document, new ParseLimits(20_000, 128)), 50);
    }

    private static int Execute(GraphQLEngine engine, IServiceProvider services, ReadOnlyMemory<byte> query)
    {
        using var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        var operation = PreparedOperation.From(engine, query, null, default, out _)!;
        var written = new ResultEmitter(engine.Start(operation.Plan, operation.Variables, new GraphQLRequestContext(services), CancellationToken.None), writer).WriteAsync(default);
        if (!written.IsCompletedSuccessfully) throw new InvalidOperationException("Everything is in memory: nothing may wait.");
        return writer.Position;
    }

    /// <summary>100,000 items by pages of 500.</summary>
    private static double Export(GraphQLEngine engine, IServiceProvider services)
    {
        var best = 0.0;
        for (var round = 0; round < 3; round++)
        {
            var bytes = 0L;
            var started = Stopwatch.GetTimestamp();
            for (var from = 0; from < 100_000; from += 500)
            {
                var after = from == 0 ? "null" : $"\"{Cursor.Encode((from - 1).ToString(CultureInfo.InvariantCulture))}\"";
                bytes += Execute(engine, services, Encoding.UTF8.GetBytes(Query.Replace("first: 50", $"first: 500, after: {after}")));
            }
            best = Math.Max(best, bytes / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return best;
    }

    private static double Best<T>(int times, Func<T> run)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++) run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / times);
        }
        return best;
    }
}
