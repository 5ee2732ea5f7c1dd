using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plumbline.GraphQL.RateLimits;

/// <summary>Tells clients what is left. https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10</summary>
public static class RateLimitHeaders
{
    /// <summary>Writes <c>RateLimit-Policy</c>, <c>RateLimit</c> and, when the request was refused, <c>Retry-After</c> (RFC 9110, whole
    /// seconds, rounded up).</summary>
    public static void Write(IHeaderDictionary headers, RateLimitDecision decision)
    {
        headers["RateLimit-Policy"] = string.Join(
            ", ", decision.States.Select(s => Invariant($"\"{s.Policy.Name}\";q={s.Policy.Quota};w={Seconds(s.Policy.Window)}")));
        headers["RateLimit"] = string.Join(", ", decision.States.Select(s => Invariant($"\"{s.Policy.Name}\";r={s.Remaining};t={Seconds(s.FullIn)}")));
        if (!decision.IsAdmitted) headers.RetryAfter = Invariant($"{Math.Max(1, Seconds(decision.RetryAfter))}");
    }

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
