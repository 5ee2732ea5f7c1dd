using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Clustering;

/// <summary>Where the other nodes reach this one, and where it listens to them.</summary>
internal static class NodeAddress
{
    /// <summary>The addresses of this machine for others: those of IPv4, or else those of IPv6.</summary>
    public static IPAddress[] OfThisMachine()
    {
        var all = Own().Where(a => !IPAddress.IsLoopback(a) && !a.IsIPv6LinkLocal).ToArray();
        var old = Array.FindAll(all, a => a.AddressFamily == AddressFamily.InterNetwork);
        return old.Length > 0 ? old : all;
    }

    public static IPEndPoint Advertised(ClusterSettings cluster) => new(cluster.AdvertisedAddress ?? OfThisMachine()[0], cluster.SiloPort);

    /// <summary>At that address alone, unless it is another machine's, which passes connections on.</summary>
    public static IPEndPoint Listening(ClusterSettings cluster)
    {
        var advertised = Advertised(cluster);
        if (IPAddress.IsLoopback(advertised.Address) || Own().Contains(advertised.Address)) return advertised;
        return new(advertised.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, advertised.Port);
    }

    private static IEnumerable<IPAddress> Own() => NetworkInterface.GetAllNetworkInterfaces().Where(n => n.OperationalStatus == OperationalStatus.Up)
        .SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address);
}
