using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Execution;

namespace Plumbline.GraphQL.Conformance;

/// <summary>Runs one operation over the fixed data.</summary>
internal static class WorldRun
{
    public static async Task<ReadOnlyMemory<byte>> ExecuteAsync(IServiceProvider services, byte[] source, JsonElement command)
    {
        var engine = services.GetRequiredService<GraphQLEngine>();
        command.TryGetProperty("variables", out var variables);
        var name = command.TryGetProperty("operationName", out var given) ? given.GetString() : null;
        using var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        if (PreparedOperation.From(engine, source, name, variables, out var errors) is not { } operation) ErrorWriter.WriteAnswer(errors, writer);
        else
        {
            await using var scope = services.CreateAsyncScope();
            var context = new GraphQLRequestContext(scope.ServiceProvider);
            await new ResultEmitter(engine.Start(operation.Plan, operation.Variables, context, CancellationToken.None), writer).WriteAsync(default);
        }
        return writer.Whole().ToArray();
    }
}
