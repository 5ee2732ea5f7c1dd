using Microsoft.AspNetCore.Http;
using Plumbline.GraphQL.Execution;

namespace Plumbline.GraphQL.Transport;

/// <summary>Sending answers and refusals.</summary>
internal sealed partial class HttpHandler
{
    private static async Task SendAsync(HttpContext http, AnswerFormat format, int status, ResultWriter writer)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = format == AnswerFormat.GraphQLResponse ? AnswerFormats.GraphQLResponse : AnswerFormats.Json;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentLength = writer.Position;
        await writer.SendAsync(http.Response.BodyWriter, http.RequestAborted);
    }

    /// <summary>Refuses before running: the status is what the error earns. Clients that only take application/json get 200 for a
    /// well-formed request.</summary>
    private async Task RefuseAllAsync(HttpContext http, AnswerFormat format, IReadOnlyList<GraphQLError> errors)
    {
        if (format == AnswerFormat.EventStream)
        {
            await StreamErrorsAsync(http, errors);
            return;
        }
        using var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        engine.WriteErrors(errors, writer);
        await SendAsync(http, format, format == AnswerFormat.Json ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, writer);
    }

    private async Task RefuseAsync(HttpContext http, AnswerFormat format, int status, GraphQLError error)
    {
        if (http.Response.HasStarted) return;
        using var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        engine.WriteErrors([error], writer);
        await SendAsync(http, format, status, writer);
    }

    /// <summary>The schema as it was written, for callers who may ask for introspection too.</summary>
    public async Task WriteSchemaAsync(HttpContext http)
    {
        try
        {
            var context = await CreateContextAsync(http);
            await AdmitAsync(http, context, Cost(null));
            if (!context.AllowIntrospection)
                throw new BadRequestException(options.StatusOf("FORBIDDEN"), new GraphQLError("FORBIDDEN", "The schema is not told to this caller."));
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(engine.Sdl, http.RequestAborted);
        }
        catch (BadRequestException bad)
        {
            await RefuseAsync(http, AnswerFormat.Json, bad.Status, bad.Error);
        }
    }

    private Task ExploreAsync(HttpContext http)
    {
        if (options.Explorer is { } explorer) return explorer(http);
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(
            $"GraphQL is served here: POST application/json with \"query\". The schema is at {http.Request.Path}/schema.graphql.\n",
            http.RequestAborted);
    }
}
