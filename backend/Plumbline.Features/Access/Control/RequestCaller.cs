using Microsoft.AspNetCore.Http;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.SignIn;

namespace Plumbline.Features.Access.Control;

/// <inheritdoc cref="ICallerResolver"/>
internal sealed class RequestCaller(ICredentials credentials, SessionCookie session) : ICallerResolver
{
    private const string Bearer = "Bearer ";

    public ValueTask<Caller> ResolveAsync(HttpContext http) => ResolveAsync(http, isVisit: false);

    public ValueTask<Caller> ResolveVisitAsync(HttpContext http) => ResolveAsync(http, isVisit: true);

    private async ValueTask<Caller> ResolveAsync(HttpContext http, bool isVisit)
    {
        var caller = ApiKey(http.Request) is { } key ? await FromKeyAsync(key, http) : await FromCookieAsync(http, isVisit);
        return caller with { Address = http.Connection.RemoteIpAddress?.ToString() };
    }

    private async ValueTask<Caller> FromKeyAsync(string key, HttpContext http) => await credentials.FromApiKeyAsync(key, http.RequestAborted)
        ?? throw new RequestFailedException(FailureCode.Unauthenticated, "This API key is unknown, expired or revoked.");

    private async ValueTask<Caller> FromCookieAsync(HttpContext http, bool isVisit)
    {
        if (session.Read(http.Request) is not { } token) return Caller.Anonymous;
        if (!isVisit) CrossSiteGuard.Require(http.Request);
        return await credentials.FromSessionAsync(token, http.RequestAborted) ?? Caller.Anonymous;
    }

    private static string? ApiKey(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return authorization[Bearer.Length..].Trim();
        if (authorization.Length > 0) throw new RequestFailedException(FailureCode.Unauthenticated, "Send the API key as 'Authorization: Bearer pl_…'.");
        var header = request.Headers["x-api-key"].ToString();
        return header.Length > 0 ? header.Trim() : null;
    }
}
