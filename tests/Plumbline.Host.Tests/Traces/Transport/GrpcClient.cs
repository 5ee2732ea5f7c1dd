using Grpc.Core;
using Grpc.Net.Client;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>A real gRPC client that exchanges bytes.</summary>
internal sealed class GrpcClient(int port) : IDisposable
{
    private const string Traces = "opentelemetry.proto.collector.trace.v1.TraceService";
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
    private readonly GrpcChannel channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");

    /// <summary>Exports once, with the usual key.</summary>
    public Task<byte[]> ExportAsync(
        byte[] message, bool packed = false, TimeSpan? deadline = null, string service = Traces, CancellationToken cancellationToken = default) =>
        ExportAsync(message, new Metadata { { "x-api-key", RunningServer.ApiKey } }, packed, deadline, service, cancellationToken);

    /// <summary>Exports once.</summary>
    public async Task<byte[]> ExportAsync(
        byte[] message, Metadata headers, bool packed = false, TimeSpan? deadline = null, string service = Traces,
        CancellationToken cancellationToken = default)
    {
        if (packed) headers.Add("grpc-internal-encoding-request", "gzip");
        var options = new CallOptions(headers, TimeProvider.System.GetUtcNow().UtcDateTime + deadline, cancellationToken);
        var method = new Method<byte[], byte[]>(MethodType.Unary, service, "Export", Bytes, Bytes);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(method, null, options, message);
        return await call.ResponseAsync;
    }

    /// <summary>Exports once, which has to fail.</summary>
    public static async Task<RpcException> RefusedAsync(Task call) => await Assert.ThrowsAsync<RpcException>(() => call);

    public void Dispose() => channel.Dispose();
}
