using System.Net;

namespace Plumbline.Host.Web;

/// <summary>Where a request comes from.</summary>
internal static class RequestOrigin
{
    /// <summary>A program on this machine that asks directly: what a proxy on this machine passes on is not local.</summary>
    public static bool IsThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !http.Request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        header.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Equals("via", StringComparison.OrdinalIgnoreCase);
}
