using Plumbline.Host.Configuration;

namespace Plumbline.Host.Web;

/// <summary>What comes from elsewhere to a server with a public address came to that address, by https, whatever the proxy made of it.</summary>
internal sealed class PublicAddress(RequestDelegate next, ServerOptions options)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (options.Reach.PublicUrl is { } url && !RequestOrigin.IsThisMachine(http))
            (http.Request.Scheme, http.Request.Host) = (url.Scheme, HostString.FromUriComponent(url));
        return next(http);
    }
}
