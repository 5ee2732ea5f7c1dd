using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumbline.Contracts;

namespace Plumbline.Features.Kernel.Http;

/// <summary>How a refused request looks over plain HTTP: a status, and a body with the code and the sentence.</summary>
internal static class FailureResponse
{
    public static int StatusOf(FailureCode code) => code switch
    {
        FailureCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        FailureCode.Forbidden or FailureCode.Blinded => StatusCodes.Status403Forbidden,
        FailureCode.NotFound => StatusCodes.Status404NotFound,
        FailureCode.BadUserInput => StatusCodes.Status400BadRequest,
        FailureCode.Conflict or FailureCode.LeaseExpired => StatusCodes.Status409Conflict,
        FailureCode.RateLimited => StatusCodes.Status429TooManyRequests,
        FailureCode.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureCode.ProviderError => StatusCodes.Status502BadGateway,
        FailureCode.Unavailable or FailureCode.TimedOut => StatusCodes.Status503ServiceUnavailable,
        FailureCode.OutcomeUnknown => StatusCodes.Status504GatewayTimeout,
        FailureCode.NotImplemented => StatusCodes.Status501NotImplemented,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The code as the API writes it: NOT_FOUND.</summary>
    public static string Text(FailureCode code) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    public static Task WriteAsync(HttpContext http, RequestFailedException failure)
    {
        http.Response.StatusCode = StatusOf(failure.Code);
        if (failure.IsRetryable) http.Response.Headers.RetryAfter = "1";
        return http.Response.WriteAsJsonAsync(new { error = new { code = Text(failure.Code), message = failure.Message } }, http.RequestAborted);
    }
}
