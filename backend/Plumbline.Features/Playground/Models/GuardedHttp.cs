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
    private readonly ResolveName _resolve;

    public GuardedHttp(IOptions<PlaygroundOptions> options) : this(options, Dns.GetHostAddressesAsync)
    {
    }

    internal GuardedHttp(IOptions<PlaygroundOptions> options, ResolveName resolve)
    {
        (_options, _resolve) = (options.Value, resolve);
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
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        if (_options.AllowPrivateAddresses) return await DialAsync(await _resolve(host, cancellationToken), port, cancellationToken);
        try
        {
            IPAddress[] allowed = [.. (await _resolve(host, cancellationToken)).Where(PublicAddresses.Allow)];
            return allowed.Length > 0
                ? await DialAsync(allowed, port, cancellationToken)
                : throw new ProviderNotReachedException(host, mayPass: false);
        }
        catch (SocketException failure)
        {
            throw new ProviderNotReachedException(host, mayPass: failure.SocketErrorCode is not (SocketError.HostNotFound or SocketError.NoData));
        }
    }

    private static async ValueTask<Stream> DialAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The addresses of a name, as <see cref="Dns"/> has them.</summary>
internal delegate Task<IPAddress[]> ResolveName(string host, CancellationToken cancellationToken);

/// <summary>
/// There was no connection. It does not say why: whether a name is known, leads into the server's own network or nobody answers there would
/// tell a tenant which names that network has.
/// </summary>
internal sealed class ProviderNotReachedException(string host, bool mayPass) : Exception(
    $"{host} cannot be reached: the name is unknown, leads into the server's own network, where a provider may not be, or nothing answers there.")
{
    /// <summary>Whether another attempt may succeed.</summary>
    public bool MayPass { get; } = mayPass;
}
