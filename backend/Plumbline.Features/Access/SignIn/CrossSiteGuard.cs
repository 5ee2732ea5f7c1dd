using Microsoft.AspNetCore.Http;
using Plumbline.Contracts;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Keeps other sites from using a browser's session: they cannot set this header without a preflight, which is never granted.</summary>
internal static class CrossSiteGuard
{
    public const string Header = "x-plumbline-csrf";

    /// <summary>Passes a request that carries the header.</summary>
    /// <exception cref="RequestFailedException">FORBIDDEN: the header is missing.</exception>
    public static void Require(HttpRequest request)
    {
        if (request.Headers[Header] != "1") throw Failure.Forbidden($"Requests that use the session cookie need the header '{Header}: 1'.");
    }
}
