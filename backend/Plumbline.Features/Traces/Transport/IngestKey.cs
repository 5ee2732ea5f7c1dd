using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Traces.Transport;

/// <summary>The key a sender shows, as a bearer token or in <c>x-api-key</c>, and the project it stands for.</summary>
internal readonly record struct IngestKey(ProjectKey Project, string? Environment)
{
    private const string Bearer = "Bearer ";

    /// <summary>The key of a request.</summary>
    /// <exception cref="RequestFailedException">UNAUTHENTICATED without a valid key, FORBIDDEN when it is not for sending telemetry.</exception>
    public static async ValueTask<IngestKey> RequireAsync(HttpContext http)
    {
        var secret = SecretOf(http.Request.Headers) ?? throw Failure.Unauthenticated();
        var credentials = http.RequestServices.GetRequiredService<ICredentials>();
        var caller = await credentials.FromApiKeyAsync(secret, http.RequestAborted)
            ?? throw new RequestFailedException(
                FailureCode.Unauthenticated, "The API key is unknown, expired or revoked. Make a new one in the project's settings.");
        var project = caller.Project ?? throw Failure.Unauthenticated();
        if (!caller.Scopes.Contains(ApiKeyScope.Ingest))
            throw Failure.Forbidden("The API key may not send telemetry. Give it the scope INGEST, or use another key.");
        return new(project, caller.Environment);
    }

    private static string? SecretOf(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return authorization[Bearer.Length..].Trim();
        var key = headers["x-api-key"].ToString().Trim();
        if (key.Length > 0) return key;
        return authorization.StartsWith("pl_", StringComparison.Ordinal) ? authorization.Trim() : null;
    }
}
