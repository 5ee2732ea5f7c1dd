using System.Text;
using Grpc.Core;

namespace Plumbline.Features.Traces.Transport;

/// <summary>Tells a sender when to come back: a <c>google.rpc.Status</c> that holds a <c>google.rpc.RetryInfo</c>, as the value of
/// <c>grpc-status-details-bin</c>. The library knows nothing of it; the packages that do would bring generated messages and their runtime.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-throttling</remarks>
internal static class GrpcRetryInfo
{
    private const string Trailer = "grpc-status-details-bin";
    private const string Type = "type.googleapis.com/google.rpc.RetryInfo";
    private const byte Code = 1 << 3, Message = (2 << 3) | 2, Details = (3 << 3) | 2;
    private const byte TypeUrl = (1 << 3) | 2, Value = (2 << 3) | 2;
    private const byte Delay = (1 << 3) | 2, Seconds = 1 << 3, Nanos = 2 << 3;
    private const int NanosPerTick = 100;

    /// <summary>The trailer for a status.</summary>
    public static Metadata Of(StatusCode status, string message, TimeSpan delay) => new() { { Trailer, Encode(status, message, delay) } };

    public static byte[] Encode(StatusCode status, string message, TimeSpan delay)
    {
        var (seconds, nanos) = (delay.Ticks / TimeSpan.TicksPerSecond, delay.Ticks % TimeSpan.TicksPerSecond * NanosPerTick);
        byte[] duration = [Seconds, .. Varint((ulong)seconds), Nanos, .. Varint((ulong)nanos)];
        byte[] detail = [.. Field(TypeUrl, Encoding.UTF8.GetBytes(Type)), .. Field(Value, Field(Delay, duration))];
        return [Code, (byte)status, .. Field(Message, Encoding.UTF8.GetBytes(message)), .. Field(Details, detail)];
    }

    private static byte[] Field(byte tag, byte[] content) => [tag, .. Varint((ulong)content.Length), .. content];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
