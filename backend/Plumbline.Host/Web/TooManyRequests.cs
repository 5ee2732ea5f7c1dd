using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Plumbline.Host.Health;

namespace Plumbline.Host.Web;

/// <summary>The answer to a client that asks too often.</summary>
internal static class TooManyRequests
{
    public static async ValueTask WriteAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        context.HttpContext.RequestServices.GetRequiredService<LimitMetrics>().Refused("sign_in");
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, Math.Ceiling(after.TotalSeconds)) : 1;
        var seconds = wait.ToString(CultureInfo.InvariantCulture);
        context.HttpContext.Response.Headers.RetryAfter = seconds;
        var message = $"Too many sign-in requests from this address. Try again in {seconds} s.";
        await context.HttpContext.Response.WriteAsJsonAsync(new { error = new { code = "RATE_LIMITED", message } }, cancellationToken);
    }
}
