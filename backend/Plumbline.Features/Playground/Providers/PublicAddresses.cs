using System.Net;
using System.Net.Sockets;

namespace Plumbline.Features.Playground.Providers;

/// <summary>Tells addresses of the public internet from those of one's own network (RFC 6890 and successors).</summary>
internal static class PublicAddresses
{
    private const int LengthOfIPv4 = 4;
    private const int InterfaceIdentifier = 8;

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>IPv6 addresses whose last 32 bits are the IPv4 address that a packet ends at: mapped (RFC 4291), translated (RFC 2765) and
    /// those of a translator (RFC 6052).</summary>
    private static readonly IPNetwork[] Carriers = [.. new[] { "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96" }.Select(IPNetwork.Parse)];

    public static bool Allow(IPAddress address)
    {
        if (address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)) return false;
        if (Special.Any(n => n.Contains(address))) return false;
        return Carried(address) is not { } inner || Allow(inner);
    }

    /// <summary>The IPv4 address that an IPv6 address leads to, or null.</summary>
    private static IPAddress? Carried(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && (Array.Exists(Carriers, n => n.Contains(address)) || IsOfATunnel(address))
            ? new IPAddress(address.GetAddressBytes().AsSpan()[^LengthOfIPv4..])
            : null;

    /// <summary>Whether the interface identifier is that of ISATAP, under whatever prefix (RFC 5214).</summary>
    private static bool IsOfATunnel(IPAddress address) => address.GetAddressBytes().AsSpan(InterfaceIdentifier) is [0 or 2, 0, 0x5e, 0xfe, ..];
}
