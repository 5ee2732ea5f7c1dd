using Microsoft.AspNetCore.RateLimiting;
using Plumbline.Host.Health;

namespace Plumbline.Host.Web;

/// <summary>The answer to a client that asks too often.</summary>
internal static class TooManyRequests
{
    private const int RetryAfterSeconds = 60;

    public static async ValueTask WriteAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        context.HttpContext.RequestServices.GetRequiredService<LimitMetrics>().Refused("sign_in");
        context.HttpContext.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        await context.HttpContext.Response.WriteAsJsonAsync(
            new { error = new { code = "RATE_LIMITED", message = "Too many sign-in requests from this address. Try again in a minute." } }, cancellationToken);
    }
}
