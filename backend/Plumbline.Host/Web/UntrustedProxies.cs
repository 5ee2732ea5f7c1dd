using Plumbline.Host.Configuration;

namespace Plumbline.Host.Web;

/// <summary>Tells the operator, once, that requests come through a proxy whose word on the client's address is not taken.</summary>
internal sealed partial class UntrustedProxies(RequestDelegate next, ServerOptions options, ILogger<UntrustedProxies> log)
{
    private int _logged;

    public Task InvokeAsync(HttpContext http)
    {
        if (IsUntrusted(http) && Interlocked.Exchange(ref _logged, 1) == 0) LogUntrusted(http.Connection.RemoteIpAddress!.ToString());
        return next(http);
    }

    /// <summary>Headers that a client has made up look the same: it is told only of a neighbour.</summary>
    private bool IsUntrusted(HttpContext http) =>
        options.Reach.TrustedProxies.Count == 0 && http.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address)
            && RequestOrigin.IsThroughAProxy(http.Request);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Requests come through a proxy at {Address} that --trusted-proxies (PLUMBLINE_TRUSTED_PROXIES) does not name: all its clients share the limits "
            + "on sign-in and on requests without a credential, and the audit log shows its address instead of theirs.")]
    private partial void LogUntrusted(string address);
}
