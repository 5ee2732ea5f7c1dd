using System.Text.Json;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Execution;

namespace Plumbline.Benchmarks.GraphQL;

/// <summary>One request from bytes to bytes.</summary>
internal static class Execution
{
    /// <summary>The answer's length.</summary>
    public static int Run(GraphQLEngine engine, IServiceProvider services, int first, string? after)
    {
        using var variables = JsonDocument.Parse($"{{\"first\":{first},\"after\":{JsonSerializer.Serialize(after)}}}");
        using var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        var operation = PreparedOperation.From(engine, TraceList.Page, null, variables.RootElement, out _)!;
        var context = new GraphQLRequestContext(services);
        var written = new ResultEmitter(engine.Start(operation.Plan, operation.Variables, context, CancellationToken.None), writer).WriteAsync(default);
        return written.IsCompletedSuccessfully ? writer.Position : throw new InvalidOperationException("Everything is in memory: nothing may wait.");
    }
}
