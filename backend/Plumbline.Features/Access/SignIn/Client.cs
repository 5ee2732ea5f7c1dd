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

    /// <summary>Where an attempt for a person, or for nobody, comes from.</summary>
    public SignInSource SourceFor(string? userId) => new(ClientNetwork.Of(Address), Device.Of(userId));
}
