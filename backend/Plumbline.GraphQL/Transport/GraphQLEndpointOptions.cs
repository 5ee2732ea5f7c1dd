using Microsoft.AspNetCore.Http;

namespace Plumbline.GraphQL;

/// <summary>What the product decides about the endpoint.</summary>
public sealed class GraphQLEndpointOptions
{
    /// <summary>Fills the context of a request: who asks, what they may see. Throwing a <see cref="GraphQLException"/> (or a mapped exception) refuses the
    /// request, with the HTTP status of <see cref="StatusOf"/>; this is also the place for the CSRF rule of cookie callers.</summary>
    public Func<HttpContext, GraphQLRequestContext, ValueTask>? CreateContext { get; set; }

    /// <summary>Asked before each event of a subscription whether its caller may still listen; false ends it with UNAUTHENTICATED.</summary>
    public Func<HttpContext, GraphQLRequestContext, ValueTask<bool>>? MayContinue { get; set; }

    /// <summary>Asked with the operation's cost before it runs, and without one for requests that hold no operation that could run: an error
    /// refuses it (status 429 for RATE_LIMITED). May set response headers.</summary>
    public Func<HttpContext, GraphQLRequestContext, OperationCost, ValueTask<GraphQLError?>>? Admit { get; set; }

    /// <summary>Answers a browser's GET (<c>Accept: text/html</c>, no query) with an explorer page; null answers with a hint.</summary>
    public RequestDelegate? Explorer { get; set; }

    /// <summary>The HTTP status of a request that is refused before it runs, by error code.</summary>
    public Func<string, int> StatusOf { get; set; } = code => code switch
    {
        "UNAUTHENTICATED" => StatusCodes.Status401Unauthorized,
        "FORBIDDEN" => StatusCodes.Status403Forbidden,
        "NOT_FOUND" => StatusCodes.Status404NotFound,
        ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCodes.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.TimedOut => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>Time between comments that keep an idle event stream open. 15 seconds.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>What an operation costs before it runs.</summary>
/// <param name="Cost">By the documented formula.</param>
/// <param name="Depth">Nesting of fields.</param>
/// <param name="OperationType"><c>query</c>, <c>mutation</c> or <c>subscription</c>; null where there is no operation that could run.</param>
public readonly record struct OperationCost(long Cost, int Depth, string? OperationType);
