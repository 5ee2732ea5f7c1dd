using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Plumbline.Features.Traces.Transport;

/// <summary>OTLP over gRPC.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlpgrpc</remarks>
internal static class GrpcEndpoints
{
    public static IServiceCollection AddOtlpGrpc(this IServiceCollection services)
    {
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<TracesOptions>>((grpc, traces) =>
        {
            grpc.MaxReceiveMessageSize = traces.Value.MaxRequestBytes;
            grpc.CompressionProviders = [new PackedMessages()]; // in place of the library's own
        });
        services.AddSingleton<GrpcExport>();
        services.AddSingleton<IServiceMethodProvider<GrpcExport>, GrpcMethods>();
        services.AddGrpc();
        return services;
    }

    public static void MapOtlpGrpc(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<GrpcExport>().Add(KeepLeastRate);

    // A stream of messages may pause for as long as it likes, so the library lifts the server's least rate for it, if it finds where to.
    // The one message of an export may not pause.
    private static void KeepLeastRate(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } call) return;
        endpoint.RequestDelegate = http =>
        {
            http.Features.Set<IHttpMinRequestBodyDataRateFeature>(null);
            return call(http);
        };
    }
}
