using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Trace;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Telemetry;

/// <summary>The spans that are made and sent: of requests, of the grain calls that serve them, and of calls to other servers.</summary>
internal static class ServerTraces
{
    private static readonly string[] GrainSources =
        ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle", "Microsoft.Orleans.Storage"];

    public static void Configure(TracerProviderBuilder tracing, OtlpTarget target)
    {
        // The SDK's own would write the baggage that callers send into requests to other servers.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        tracing
            .AddSource(GrainSources)
            .AddAspNetCoreInstrumentation(requests => requests.Filter = TracedRequests.Includes)
            .AddHttpClientInstrumentation()
            .AddProcessor(new TracedRequests())
            .AddProcessor(new AllowedAttributes())
            .AddOtlpExporter(target.Apply);
    }
}
