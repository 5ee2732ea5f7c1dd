using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Transport;

/// <summary>The methods of the collector's services, named by hand: what is exchanged are bytes, which the product's own decoder reads, so there are no
/// generated messages.</summary>
/// <remarks>
/// Export takes one message, but is declared as taking a stream of them, which is the same on the wire: the library reads a single message before it runs
/// the method, a stream when the method asks for it, and nobody without a key shall fill the server's memory.
/// </remarks>
internal sealed class GrpcMethods : IServiceMethodProvider<GrpcExport>
{
    private static readonly Marshaller<byte[]> Answer = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcExport> context)
    {
        Add(context, "opentelemetry.proto.collector.trace.v1.TraceService", IngestSignal.Traces);
        Add(context, "opentelemetry.proto.collector.logs.v1.LogsService", IngestSignal.Logs);
    }

    private static void Add(ServiceMethodProviderContext<GrpcExport> context, string service, IngestSignal signal) => context.AddClientStreamingMethod(
        new Method<GrpcMessage, byte[]>(MethodType.ClientStreaming, service, "Export", GrpcMessage.Marshaller, Answer),
        [new HttpMethodMetadata([HttpMethods.Post])],
        (export, messages, call) => export.RunAsync(signal, messages, call));
}
