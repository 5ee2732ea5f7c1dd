using System.Text.Json;

namespace Plumbline.GraphQL.Transport;

/// <summary>What a client sends. https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters</summary>
internal sealed class GraphQLRequest
{
    /// <summary>The document; null when only its hash was sent.</summary>
    public ReadOnlyMemory<byte>? Query { get; set; }

    public string? OperationName { get; set; }

    public JsonElement Variables { get; set; }

    public JsonElement Extensions { get; set; }
}

/// <summary>A request that is no GraphQL request, with the status it earns.</summary>
internal sealed class BadRequestException(int status, GraphQLError error) : Exception(error.Message)
{
    public int Status { get; } = status;

    public GraphQLError Error { get; } = error;

    public static BadRequestException Of(string message, int status = 400) => new(status, new GraphQLError(ErrorCodes.BadUserInput, message));
}
