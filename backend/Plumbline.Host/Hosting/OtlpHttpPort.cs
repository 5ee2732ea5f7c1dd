using System.Net;
using System.Net.Sockets;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Hosting;

/// <summary>The usual port of OTLP over HTTP, which the server takes besides its own when nobody else has it. A collector on the same
/// machine may well do.</summary>
/// <param name="Port">The port, 0 when it is switched off or the web application's own.</param>
/// <param name="IsOpen">Whether the server listens there.</param>
internal sealed record OtlpHttpPort(int Port, bool IsOpen)
{
    /// <summary>What to tell the operator, or null.</summary>
    public string? Note => Port == 0 || IsOpen ? null : $"Port {Port} is in use by another program, so OTLP over HTTP is taken on the main port alone.";

    public static OtlpHttpPort Choose(ServerOptions options)
    {
        if (options.OtlpHttpPort == 0 || options.OtlpHttpPort == options.Port) return new(0, false);
        return new(options.OtlpHttpPort, IsFree(options));
    }

    private static bool IsFree(ServerOptions options)
    {
        IPAddress[] addresses = options.Listen == ListenOn.Any ? [IPAddress.Any] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return addresses.All(address => address.AddressFamily != AddressFamily.InterNetworkV6
            || Socket.OSSupportsIPv6 ? Ports.IsFree(new IPEndPoint(address, options.OtlpHttpPort)) : true);
    }
}
