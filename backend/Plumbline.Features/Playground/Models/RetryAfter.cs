using System.Net;

namespace Plumbline.Features.Playground.Models;

/// <summary>What a refusal says about coming back. https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3</summary>
internal static class RetryAfter
{
    /// <summary>How long the provider asks to be left alone; null when the answer does not say that it refused to begin.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer, DateTimeOffset now)
    {
        if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)) return null;
        if (answer.Headers.RetryAfter?.Delta is { } pause) return pause;
        return answer.Headers.RetryAfter?.Date is { } moment ? Max(moment - now, TimeSpan.Zero) : null;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
