using System.Net;
using Microsoft.AspNetCore.Http;

namespace Plumbline.Features.Access.SignIn;

/// <summary>The cookie that carries a session's token.</summary>
internal static class SessionCookie
{
    public const string Name = "plumbline_session";

    public static string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name, out var token) && token.Length > 0 ? token : null;

    public static void Write(HttpContext http, StartedSession session) =>
        http.Response.Cookies.Append(Name, session.Token, Options(http.Request, session.ExpiresAt));

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http.Request, null));

    /// <summary>Off loopback the cookie travels over TLS only.</summary>
    private static CookieOptions Options(HttpRequest request, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps || !IsLoopback(request.Host.Host),
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
