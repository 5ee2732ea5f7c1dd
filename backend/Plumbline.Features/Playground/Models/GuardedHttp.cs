using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Plumbline.Features.Playground.Providers;

namespace Plumbline.Features.Playground.Models;

/// <summary>
/// The HTTP client for addresses that tenants name. It connects to the address that it checked, so a name that changes its mind
/// gains nothing; it follows no redirects and uses no proxy and no cookies.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    private readonly PlaygroundOptions _options;

    public GuardedHttp(IOptions<PlaygroundOptions> options)
    {
        _options = options.Value;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = _options.ConnectTimeout,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
            // Whoever is there is told neither of the request that is served nor what its caller attached to it.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        };
        Client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Client { get; }

    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = _options.AllowPrivateAddresses ? addresses : [.. addresses.Where(PublicAddresses.Allow)];
        if (allowed.Length == 0)
            throw new AddressRefusedException($"{context.DnsEndPoint.Host} is an address in the server's own network; a provider may not be there.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A provider's name led into the server's own network.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
