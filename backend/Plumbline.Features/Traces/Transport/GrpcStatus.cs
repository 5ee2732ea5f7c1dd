namespace Plumbline.Features.Traces.Transport;

/// <summary>Status codes of gRPC.</summary>
/// <remarks>https://grpc.io/docs/guides/status-codes/</remarks>
internal enum GrpcStatus
{
    Ok = 0,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>Ends a call with a status.</summary>
/// <param name="status">The status.</param>
/// <param name="message">What went wrong.</param>
/// <param name="retryAfter">When to send the call again; null when that will not help.</param>
internal sealed class GrpcException(GrpcStatus status, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public GrpcStatus Status => status;

    public TimeSpan? RetryAfter => retryAfter;
}
