using Microsoft.AspNetCore.Http;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Http;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Who tries to sign in, before it is known who they are.</summary>
/// <param name="Address">Their network address, for the audit log.</param>
/// <param name="Device">Their browser.</param>
internal sealed record Client(string? Address, KnownDevice Device)
{
    /// <summary>A client of which nothing but the address is known.</summary>
    public static Client At(string? address) => new(address, KnownDevice.None);

    public static Client Of(HttpContext http, KnownDevices devices) => new(http.Connection.RemoteIpAddress?.ToString(), devices.Read(http.Request));

    /// <summary>Where an attempt at somebody's account comes from, or at nobody's.</summary>
    public SignInSource Network => new(ClientNetwork.Of(Address));

    /// <summary>The same, for accounts that the browser has signed in to before.</summary>
    public SignInSource Browser => new(ClientNetwork.Of(Address), Device.Id);
}
