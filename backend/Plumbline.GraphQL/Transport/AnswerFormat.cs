using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Plumbline.GraphQL.Transport;

/// <summary>What kind of answer a client takes. https://graphql.github.io/graphql-over-http/draft/#sec-Accept</summary>
internal enum AnswerFormat
{
    /// <summary>application/json: status 200 for every well-formed request.</summary>
    Json,

    /// <summary>application/graphql-response+json: the status tells whether the request could run.</summary>
    GraphQLResponse,

    /// <summary>text/event-stream: one event a result.</summary>
    EventStream,

    /// <summary>A page for a person.</summary>
    Html,

    /// <summary>None of these.</summary>
    None,
}

internal static class AnswerFormats
{
    public const string Json = "application/json; charset=utf-8";
    public const string GraphQLResponse = "application/graphql-response+json; charset=utf-8";

    public static AnswerFormat Of(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || string.IsNullOrWhiteSpace(accept.ToString())) return AnswerFormat.Json;
        if (!MediaTypeHeaderValue.TryParseList(accept, out var types)) return AnswerFormat.None;
        foreach (var type in types.Where(t => t.Quality is not 0 && AcceptsUtf8(t)).OrderByDescending(t => t.Quality ?? 1))
        {
            switch (type.MediaType.Value!.ToLowerInvariant())
            {
                case "application/graphql-response+json": return AnswerFormat.GraphQLResponse;
                case "application/json" or "application/*" or "*/*": return AnswerFormat.Json;
                case "text/event-stream": return AnswerFormat.EventStream;
                case "text/html": return AnswerFormat.Html;
            }
        }
        return AnswerFormat.None;
    }

    private static bool AcceptsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
