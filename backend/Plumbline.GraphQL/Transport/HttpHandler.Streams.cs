using Microsoft.AspNetCore.Http;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Transport;

/// <summary>Results as server-sent events, one operation a connection.
/// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode</summary>
internal sealed partial class HttpHandler
{
    private async Task StreamAsync(HttpContext http, PreparedOperation operation, GraphQLRequestContext context)
    {
        await using var events = new EventStream(http.Response, options.KeepAlive, clock);
        await events.OpenAsync(http.RequestAborted);
        await foreach (var result in ResultsAsync(http, operation, context))
        {
            using (result) await events.SendAsync("next", result.Whole(), http.RequestAborted);
        }
        await events.SendAsync("complete", default, http.RequestAborted);
    }

    private async Task StreamErrorsAsync(HttpContext http, IReadOnlyList<GraphQLError> errors)
    {
        await using var events = new EventStream(http.Response, options.KeepAlive, clock);
        await events.OpenAsync(http.RequestAborted);
        using var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        engine.WriteErrors(errors, writer);
        await events.SendAsync("next", writer.Whole(), http.RequestAborted);
        await events.SendAsync("complete", default, http.RequestAborted);
    }

    /// <summary>The results of any operation as they come: one for queries and mutations, many for subscriptions.</summary>
    private async IAsyncEnumerable<ResultWriter> ResultsAsync(HttpContext http, PreparedOperation operation, GraphQLRequestContext context)
    {
        if (operation.Operation.Operation != OperationType.Subscription)
        {
            yield return await SingleAsync(operation, context, http.RequestAborted);
            yield break;
        }
        var subscription = new SubscriptionRun(engine, operation, context, () => MayContinueAsync(http, context));
        engine.Instruments.Opened();
        try
        {
            await foreach (var result in subscription.RunAsync(http.RequestAborted))
            {
                engine.Instruments.Sent();
                yield return result;
            }
        }
        finally
        {
            engine.Instruments.Closed();
        }
    }

    private ValueTask<bool> MayContinueAsync(HttpContext http, GraphQLRequestContext context) => options.MayContinue?.Invoke(http, context) ?? new(true);

    private async Task<ResultWriter> SingleAsync(PreparedOperation operation, GraphQLRequestContext context, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(engine.Limits.Timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var timing = engine.Instruments.Start(operation.Operation.Operation);
        var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        var execution = engine.Start(operation.Plan, operation.Variables, context, linked.Token);
        try
        {
            await new ResultEmitter(execution, writer).WriteAsync(Extensions(context, operation));
            timing.Answered(execution.Errors.Count > 0);
        }
        catch (ExecutionAbortedException aborted)
        {
            timing.Failed();
            writer.Rewind(0);
            engine.WriteErrors([aborted.Error], writer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            timing.Failed();
            writer.Rewind(0);
            var late = new GraphQLError(ErrorCodes.TimedOut, $"The request took longer than {engine.Limits.Timeout.TotalSeconds:0.#} seconds.");
            engine.WriteErrors([late], writer);
        }
        finally
        {
            await execution.EndAsync(clock);
        }
        return writer;
    }
}
