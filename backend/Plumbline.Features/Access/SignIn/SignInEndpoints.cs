using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Http;

namespace Plumbline.Features.Access.SignIn;

internal sealed record PasswordForm(string? Email, string? Password);

internal sealed record JoinForm(string? Token, string? Name, string? Email, string? Password);

/// <summary>What the sign-in pages can offer.</summary>
internal sealed record SignInStatus(bool SignedIn, bool SetupNeeded, string? Organization);

/// <summary>The JSON endpoints behind the sign-in pages. Every POST needs the header that no other site can send without asking first.</summary>
internal sealed class SignInEndpoints(
    OwnerSetup setup, PasswordSignIn passwords, Joining joining, Sessions sessions, SessionCookie cookie, KnownDevices devices, ICredentials credentials,
    IGrainFactory grains)
{
    private const int LargestBody = 16 * 1024;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("").RequireRateLimiting(AccessFeature.SignInRateLimit);
        group.MapPost("/signin/link", Post(LinkAsync));
        group.MapPost("/signin/password", Post(PasswordAsync));
        group.MapPost("/signin/join", Post(JoinAsync));
        endpoints.MapPost("/signout", Post(SignOutAsync));
        endpoints.MapGet("/signin/state", StateAsync);
    }

    private async Task LinkAsync(HttpContext http) =>
        Welcome(http, await setup.SignInAsync(await ReadAsync<FirstOwner>(http), ClientOf(http)));

    private async Task PasswordAsync(HttpContext http)
    {
        var form = await ReadAsync<PasswordForm>(http);
        Welcome(http, await passwords.SignInAsync(form.Email, form.Password, ClientOf(http)));
    }

    private async Task JoinAsync(HttpContext http)
    {
        var form = await ReadAsync<JoinForm>(http);
        Welcome(http, await joining.JoinAsync(form.Token, form.Name, form.Email, form.Password, ClientOf(http)));
    }

    private async Task SignOutAsync(HttpContext http)
    {
        if (cookie.Read(http.Request) is { } token) await sessions.EndAsync(token);
        cookie.Delete(http);
    }

    private void Welcome(HttpContext http, StartedSession session)
    {
        cookie.Write(http, session);
        devices.Remember(http, session.UserId);
    }

    private Client ClientOf(HttpContext http) => Client.Of(http, devices);

    private async Task StateAsync(HttpContext http)
    {
        var token = cookie.Read(http.Request);
        var signedIn = token is not null && await credentials.FromSessionAsync(token, http.RequestAborted) is not null;
        var status = await grains.GetGrain<ISetupGrain>(ISetupGrain.Key).StatusAsync();
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new SignInStatus(signedIn, status.OwnerNeeded, status.OrganizationName), http.RequestAborted);
    }

    private static RequestDelegate Post(Func<HttpContext, Task> handle) => async http =>
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            CrossSiteGuard.Require(http.Request);
            await handle(http);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception failure) when (Failure.In(failure) is { } refused)
        {
            await FailureResponse.WriteAsync(http, refused);
        }
    };

    private static async Task<T> ReadAsync<T>(HttpContext http)
    {
        if (!http.Request.HasJsonContentType()) throw Failure.BadInput("Send the form as application/json.");
        if (http.Request.ContentLength > LargestBody)
            throw new RequestFailedException(FailureCode.PayloadTooLarge, $"The form is larger than {LargestBody} bytes.");
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(new BoundedStream(http.Request.Body, LargestBody), Json, http.RequestAborted)
                ?? throw Failure.BadInput("The form is empty.");
        }
        catch (JsonException)
        {
            throw Failure.BadInput("The form is no JSON object of the expected texts.");
        }
    }
}
