using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Hosting;

/// <summary>Whether an address leads to this same server: to one of its ports, at this machine.</summary>
internal static class OwnAddress
{
    /// <summary>Looks the ports up first: only where one fits is a name resolved.</summary>
    public static bool Is(Uri address, ServerOptions options) => IsOwnPort(address.Port, options) && IsThisMachine(address);

    // A port that another program has, such as a collector at the usual one, is not the server's although it would have taken it.
    private static bool IsOwnPort(int port, ServerOptions options) =>
        port > 0 && (port == options.Port || port == options.OtlpGrpcPort || (port == options.OtlpHttpPort && OtlpHttpPort.Choose(options).IsOpen));

    private static bool IsThisMachine(Uri address)
    {
        if (address.IsLoopback) return true;
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address).ToHashSet();
        return Resolve(address.DnsSafeHost).Select(Plain).Any(a => IPAddress.IsLoopback(a) || IsAny(a) || own.Contains(a));
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPAddress[] Resolve(string host)
    {
        if (IPAddress.TryParse(host, out var address)) return [address];
        try
        {
            return Dns.GetHostAddresses(host);
        }
        catch (SocketException)
        {
            return []; // what cannot be found is not here
        }
    }
}
