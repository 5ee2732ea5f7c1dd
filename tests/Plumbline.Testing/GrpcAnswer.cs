using System.Net;

namespace Plumbline.Testing;

/// <summary>What came back from a call: the status of HTTP and that of gRPC, whether it stood in the headers or after the body, and the body.</summary>
public sealed record GrpcAnswer(
    HttpStatusCode Http, string? ContentType, string? Status, string? Message, string? Details, string? AcceptEncoding, byte[] Body)
{
    public static async Task<GrpcAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(answer, cancellationToken);
        var message = Header(answer, "grpc-message");
        return new(
            answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType,
            Header(answer, "grpc-status"),
            message is null ? null : Uri.UnescapeDataString(message),
            Header(answer, "grpc-status-details-bin"),
            Header(answer, "grpc-accept-encoding"),
            body);
    }

    // A call that ended with its headers may be reset right after them.
    private static async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (HttpRequestException) when (answer.Headers.Contains("grpc-status"))
        {
            return [];
        }
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var early) || answer.TrailingHeaders.TryGetValues(name, out early) ? early.Single() : null;
}
