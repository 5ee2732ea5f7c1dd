using System.Net;
using System.Net.Sockets;

namespace Plumbline.Features.Kernel.Http;

/// <summary>What is told apart of a client's network address where attempts are counted: an IPv4 address, or the /64 network of an IPv6 one, of which
/// one home has all addresses.</summary>
public static class ClientNetwork
{
    private const int SubnetBytes = 8;
    private const string Unknown = "unknown";

    /// <summary>The network of an address as an HTTP request or an audit entry has it.</summary>
    public static string Of(string? address) => IPAddress.TryParse(address, out var parsed) ? Of(parsed) : Unknown;

    /// <inheritdoc cref="Of(string?)"/>
    public static string Of(IPAddress? address)
    {
        if (address is null) return Unknown;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes()[..SubnetBytes]) : plain.ToString();
    }
}
