using System.Net;
using Microsoft.AspNetCore.Http;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Cookies that no script and no other site gets at, by the rules of how the server is reached.</summary>
internal sealed class Cookies(CookieRules rules)
{
    /// <summary>Browsers keep such a cookie only from the host itself, over TLS and for all its paths.</summary>
    private const string OfThisHostAlone = "__Host-";

    public string? Read(HttpRequest request, string name) =>
        request.Cookies.TryGetValue(NameOf(name), out var value) && value.Length > 0 ? value : null;

    public void Write(HttpContext http, string name, string value, DateTimeOffset expires) =>
        http.Response.Cookies.Append(NameOf(name), value, Options(http.Request, expires));

    public void Delete(HttpContext http, string name) => http.Response.Cookies.Delete(NameOf(name), Options(http.Request, null));

    private string NameOf(string name) => rules.Protection == CookieProtection.Always ? OfThisHostAlone + name : name;

    private CookieOptions Options(HttpRequest request, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = IsSecure(request),
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };

    private bool IsSecure(HttpRequest request) => request.IsHttps || rules.Protection switch
    {
        CookieProtection.Always => true,
        CookieProtection.AsRequested => false,
        _ => !IsLoopback(request.Host.Host),
    };

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
