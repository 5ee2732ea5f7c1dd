using System.Net;

namespace Plumbline.Host.Web;

/// <summary>Where a request comes from.</summary>
internal static class RequestOrigin
{
    private static readonly string[] OfProxies =
    [
        "forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-remote-ip", "x-remote-addr", "x-original-for", "x-original-host",
        "x-original-proto", "x-envoy-external-address", "true-client-ip", "cf-connecting-ip", "cf-ray", "cdn-loop", "fastly-client-ip", "fly-client-ip",
        "x-azure-clientip", "x-appengine-user-ip", "x-amzn-trace-id",
    ];

    /// <summary>A program on this machine that asks directly: what a proxy on this machine passes on is not local.</summary>
    public static bool IsThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !IsThroughAProxy(http.Request);

    /// <summary>Whether a header tells of a proxy. What a trusted proxy has said about the client is kept in such headers too.</summary>
    public static bool IsThroughAProxy(HttpRequest request) => request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        header.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase) || OfProxies.Contains(header, StringComparer.OrdinalIgnoreCase);
}
