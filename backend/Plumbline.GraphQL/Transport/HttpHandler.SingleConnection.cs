using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Execution;

namespace Plumbline.GraphQL.Transport;

/// <summary>Many operations on one event stream, for browsers that allow few connections.
/// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#single-connection-mode</summary>
internal sealed partial class HttpHandler
{
    private const string TokenHeader = "X-GraphQL-Event-Stream-Token";

    private readonly StreamConnections _connections = new(clock);

    private static string? TokenOf(HttpRequest request) =>
        request.Headers[TokenHeader] is [{ Length: > 0 } header] ? header : request.Query["token"] is [{ Length: > 0 } parameter] ? parameter : null;

    private async Task ReserveAsync(HttpContext http)
    {
        await AdmitAsync(http, await CreateContextAsync(http), Cost(null));
        if (_connections.Reserve() is not { } token)
            throw new BadRequestException(StatusCodes.Status503ServiceUnavailable, new GraphQLError(ErrorCodes.RateLimited, "Too many event streams are reserved; try again later."));
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(token, http.RequestAborted);
    }

    private async Task OnConnectionAsync(HttpContext http, string token)
    {
        var connection = _connections.Find(token) ?? throw BadRequestException.Of("The event stream is not known; reserve one with PUT.", StatusCodes.Status404NotFound);
        if (HttpMethods.IsGet(http.Request.Method)) await OpenStreamAsync(http, token, connection);
        else if (HttpMethods.IsDelete(http.Request.Method))
        {
            if (http.Request.Query["operationId"] is not [{ Length: > 0 } operationId]) throw BadRequestException.Of("Name the operation in operationId.");
            connection.Cancel(operationId);
            http.Response.StatusCode = StatusCodes.Status200OK;
        }
        else await AcceptAsync(http, connection);
    }

    private async Task OpenStreamAsync(HttpContext http, string token, StreamConnection connection)
    {
        await CreateContextAsync(http);
        await using var events = new EventStream(http.Response, options.KeepAlive, clock);
        if (!connection.TryAttach(events)) throw BadRequestException.Of("The event stream is open already.", StatusCodes.Status409Conflict);
        try
        {
            await events.OpenAsync(http.RequestAborted);
            connection.Announce();
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, http.RequestAborted);
        }
        finally
        {
            _connections.Remove(token);
        }
    }

    private async Task AcceptAsync(HttpContext http, StreamConnection connection)
    {
        var request = await ReadAsync(http);
        var id = OperationId(request.Extensions) ?? throw BadRequestException.Of("Name the operation in extensions.operationId.");
        if (connection.Operations.Count >= engine.Limits.MaxOperationsPerStream)
            throw new BadRequestException(StatusCodes.Status429TooManyRequests, new GraphQLError(ErrorCodes.RateLimited, $"{engine.Limits.MaxOperationsPerStream} operations are open on this stream; end one first."));
        // The operation outlives this request, and so must its services.
        var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        try
        {
            await StartAsync(http, connection, id, request, scope);
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(HttpContext http, StreamConnection connection, string id, GraphQLRequest request, AsyncServiceScope scope)
    {
        var context = await CreateContextAsync(http, new GraphQLRequestContext(scope.ServiceProvider));
        var operation = PreparedOperation.From(engine, _persisted.Resolve(request), request.OperationName, request.Variables, out var errors, context.AllowIntrospection);
        await AdmitAsync(http, context, Cost(operation));
        var cancellation = new CancellationTokenSource();
        if (!connection.Operations.TryAdd(id, cancellation)) throw BadRequestException.Of($"Operation {id} is open already.", StatusCodes.Status409Conflict);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        _ = RunOnStreamAsync(connection, id, operation, errors, context, scope, cancellation);
    }

    private static string? OperationId(JsonElement extensions) =>
        extensions.ValueKind == JsonValueKind.Object && extensions.TryGetProperty("operationId", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private async Task RunOnStreamAsync(
        StreamConnection connection, string id, PreparedOperation? operation, IReadOnlyList<GraphQLError> errors, GraphQLRequestContext context, AsyncServiceScope scope,
        CancellationTokenSource cancellation)
    {
        await using var services = scope;
        var token = cancellation.Token;
        try
        {
            var events = await connection.Opened.WaitAsync(token);
            if (operation is null) await SendErrorsAsync(events, id, errors, token);
            else
            {
                await foreach (var result in ResultsAsync(events.Http, operation, context, token))
                {
                    using (result) await events.SendAsync("next", Enveloped(id, result.Whole().Span), token);
                }
            }
            connection.Operations.TryRemove(id, out _);
            await events.SendAsync("complete", Enveloped(id, default), CancellationToken.None);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException)
        {
            connection.Operations.TryRemove(id, out _); // the client went or took the operation back
        }
    }

    private async Task SendErrorsAsync(EventStream events, string id, IReadOnlyList<GraphQLError> errors, CancellationToken cancellationToken)
    {
        using var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        engine.WriteErrors(errors, writer);
        await events.SendAsync("next", Enveloped(id, writer.Whole().Span), cancellationToken);
    }

    private static byte[] Enveloped(string id, ReadOnlySpan<byte> payload)
    {
        var name = JsonSerializer.Serialize(id);
        return payload.IsEmpty ? Encoding.UTF8.GetBytes($"{{\"id\":{name}}}") : [.. Encoding.UTF8.GetBytes($"{{\"id\":{name},\"payload\":"), .. payload, (byte)'}'];
    }
}
