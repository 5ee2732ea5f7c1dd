using System.Net;
using System.Net.Sockets;

namespace Plumbline.Host.Hosting;

/// <summary>Whether another program listens at a port of this machine.</summary>
internal static class Ports
{
    /// <summary>Whether nobody does; also for an address that the machine does not have.</summary>
    public static bool IsFree(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen();
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressNotAvailable; // such as a machine without IPv6 on its loopback
        }
    }
}
