using System.Net.Sockets;

namespace Plumbline.Features.Playground.Models;

/// <summary>Tells the failures of a call that may pass and that came before a byte of it was sent. In doubt it was sent.</summary>
internal static class Unsent
{
    public static bool Is(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } refused =>
            !WillNotPass(refused.InnerException),
        OperationCanceledException { InnerException: TimeoutException } => true, // the time to connect was over; no other limit of the client's is set
        _ => false,
    };

    private static bool WillNotPass(Exception? reason) =>
        reason is ProviderNotReachedException { MayPass: false } or SocketException { SocketErrorCode: SocketError.HostNotFound };
}
