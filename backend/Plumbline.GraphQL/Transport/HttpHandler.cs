using Microsoft.AspNetCore.Http;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Transport;

/// <summary>GraphQL over HTTP. https://graphql.github.io/graphql-over-http/draft/</summary>
internal sealed partial class HttpHandler(GraphQLEngine engine, GraphQLEndpointOptions options, TimeProvider clock)
{
    private readonly PersistedQueries _persisted = new(engine.Limits.CachedDocuments, engine.Limits.CachedDocumentBytes);

    public async Task HandleAsync(HttpContext http)
    {
        var format = AnswerFormats.Of(http.Request);
        if (HttpMethods.IsGet(http.Request.Method) && format == AnswerFormat.Html && !http.Request.Query.ContainsKey("query"))
        {
            await ExploreAsync(http);
            return;
        }
        if (format == AnswerFormat.None)
        {
            await RefuseAsync(
                http, AnswerFormat.Json, StatusCodes.Status406NotAcceptable,
                new GraphQLError(ErrorCodes.BadUserInput, "Accept application/graphql-response+json, application/json or text/event-stream."));
            return;
        }
        if (format == AnswerFormat.Html) format = AnswerFormat.Json;
        try
        {
            await AnswerAsync(http, format);
        }
        catch (BadRequestException bad)
        {
            await RefuseAsync(http, format, bad.Status, bad.Error);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext http, AnswerFormat format)
    {
        var request = await ReadAsync(http);
        var context = await CreateContextAsync(http);
        var text = _persisted.Resolve(request);
        var operation = PreparedOperation.From(engine, text, request.OperationName, request.Variables, out var errors, context.AllowIntrospection);
        await AdmitAsync(http, context, Cost(operation));
        if (operation is null)
        {
            await RefuseAllAsync(http, format, errors);
            return;
        }
        if (HttpMethods.IsGet(http.Request.Method) && operation.Operation.Operation == OperationType.Mutation)
        {
            http.Response.Headers.Allow = "POST";
            throw BadRequestException.Of("Send mutations by POST.", StatusCodes.Status405MethodNotAllowed);
        }
        if (format == AnswerFormat.EventStream) await StreamAsync(http, operation, context);
        else if (operation.Operation.Operation == OperationType.Subscription)
            throw BadRequestException.Of("Subscriptions are answered as text/event-stream; send that in Accept.", format == AnswerFormat.Json ? 200 : 400);
        else await ExecuteAsync(http, format, operation, context);
    }

    private async ValueTask<GraphQLRequest> ReadAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method)) return RequestReader.FromQueryString(http.Request.Query);
        if (HttpMethods.IsPost(http.Request.Method)) return await RequestReader.FromBodyAsync(http.Request, engine.Limits.MaxRequestBytes, http.RequestAborted);
        http.Response.Headers.Allow = "GET, POST";
        throw BadRequestException.Of("Use GET or POST.", StatusCodes.Status405MethodNotAllowed);
    }

    private async ValueTask<GraphQLRequestContext> CreateContextAsync(HttpContext http)
    {
        var context = new GraphQLRequestContext(http.RequestServices);
        if (options.CreateContext is not { } create) return context;
        try
        {
            await create(http, context);
            return context;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or BadRequestException))
        {
            var error = engine.Masking.ToError(failure, "The request context");
            throw new BadRequestException(options.StatusOf(error.Code), error);
        }
    }

    private async Task ExecuteAsync(HttpContext http, AnswerFormat format, PreparedOperation operation, GraphQLRequestContext context)
    {
        using var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        await RunAsync(http, operation, context, writer);
        await SendAsync(http, format, StatusCodes.Status200OK, writer);
    }

    private async Task RunAsync(HttpContext http, PreparedOperation operation, GraphQLRequestContext context, ResultWriter writer)
    {
        using var timeout = new CancellationTokenSource(engine.Limits.Timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, timeout.Token);
        using var timing = engine.Instruments.Start(operation.Operation.Operation);
        var execution = engine.Start(operation.Plan, operation.Variables, context, linked.Token);
        try
        {
            await new ResultEmitter(execution, writer).WriteAsync(Extensions(context, operation));
            timing.Answered(execution.Errors.Count > 0);
        }
        catch (ExecutionAbortedException aborted)
        {
            timing.Failed();
            throw new BadRequestException(StatusCodes.Status200OK, aborted.Error);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            timing.Failed();
            throw new BadRequestException(
                options.StatusOf(ErrorCodes.TimedOut),
                new GraphQLError(
                    ErrorCodes.TimedOut,
                    $"The request took longer than {engine.Limits.Timeout.TotalSeconds:0.#} seconds; ask for less at a time."));
        }
        finally
        {
            await execution.EndAsync(clock);
        }
    }

    private async ValueTask AdmitAsync(HttpContext http, GraphQLRequestContext context, OperationCost cost)
    {
        if (options.Admit is { } admit && await admit(http, context, cost) is { } refusal)
            throw new BadRequestException(options.StatusOf(refusal.Code), refusal);
    }

    private static OperationCost Cost(PreparedOperation? operation) => operation is null
        ? default
        : new(operation.Measure.Cost, operation.Measure.Depth, operation.Operation.Operation.ToString().ToLowerInvariant());

    private ReadOnlyMemory<byte> Extensions(GraphQLRequestContext context, PreparedOperation operation)
    {
        if (!context.ReportCost) return default;
        return System.Text.Encoding.UTF8.GetBytes(
            $"{{\"cost\":{{\"cost\":{operation.Measure.Cost},\"maxCost\":{engine.Limits.MaxCost},\"depth\":{operation.Measure.Depth}}}}}");
    }
}
