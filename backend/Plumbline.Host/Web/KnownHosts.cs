using System.Net;

namespace Plumbline.Host.Web;

/// <summary>
/// Refuses requests for names that the server does not have: another site can give its own name this server's address, and a browser would then send it
/// requests as if they were that site's own.
/// </summary>
internal static class KnownHosts
{
    public static readonly string[] OfThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>What is read with a key that no browser sends by itself, and what tells nothing: senders and probes call the server by names of their
    /// own network.</summary>
    private static readonly string[] ByAnyName = ["/v1/", "/opentelemetry.proto.collector.", "/healthz/"];

    private static readonly object Known = new();

    public static void UseKnownHosts(this WebApplication app) => app.UseWhen(http => !MayHaveAnyName(http.Request), named =>
    {
        named.Use(RefuseUnknownAsync);
        named.UseHostFiltering();
        named.Use((http, next) =>
        {
            http.Items[Known] = true;
            return next(http);
        });
    });

    /// <summary>An address is no name that anybody else could give away.</summary>
    private static bool MayHaveAnyName(HttpRequest request) =>
        IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out _)
            || Array.Exists(ByAnyName, path => request.Path.Value!.StartsWith(path, StringComparison.Ordinal));

    private static async Task RefuseUnknownAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Items.ContainsKey(Known)) return;
        await http.Response.WriteAsJsonAsync(new
        {
            error = new
            {
                code = "BAD_USER_INPUT",
                message = "This server is not known by the name in the request. Whoever runs it can give it the name with --public-url or --allowed-hosts.",
            },
        }, http.RequestAborted);
    }
}
