using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Traces.Api;
using Plumbline.Features.Traces.Erasing;
using Plumbline.Features.Traces.Ingestion;
using Plumbline.Features.Traces.Pricing;
using Plumbline.Features.Traces.Reading;
using Plumbline.Features.Traces.Shards;
using Plumbline.Features.Traces.Transport;
using Plumbline.GraphQL;
using Plumbline.Otlp.Pricing;

namespace Plumbline.Features.Traces;

/// <summary>Telemetry in, traces out.</summary>
public static class TracesFeature
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddTraces(this IServiceCollection services)
    {
        services.AddOptions<TracesOptions>();
        services.AddMetrics();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<IPriceBook>(PriceTable.BuiltIn);
        services.AddSingleton<ShardMap>();
        services.AddSingleton<OpenStores>();
        services.AddSingleton<FixedAnswers>();
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<OpenStores>());
        services.AddSingleton<ITracedProjects, TracedProjects>();
        services.AddSingleton<RedactionRules>();
        services.AddSingleton<IngestPlaces>();
        services.AddSingleton<IContentRedactor, ContentRedactor>();
        services.AddSingleton<RedactionTurns>();
        services.AddSingleton<MappingSource>();
        services.AddSingleton<ITraceIngest, TraceIngest>();
        services.AddOtlpGrpc();
        services.AddSingleton<ITraceReader, TraceReader>();
        services.AddSingleton<TraceConditions>();
        services.AddSingleton<ReadingGate>();
        services.AddSingleton<PriceBooks>();
        services.AddSingleton<Repricing>();
        services.AddSingleton<Remapping>();
        services.AddSingleton<ShardHousekeeping>();
        services.AddSingleton<TraceErasure>();
        services.AddSingleton<TraceOpening>();
        services.AddSingleton<INodeResolver, TraceNode>();
        services.AddSingleton<INodeResolver, SpanNode>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddTraces(this GraphQLBuilder graph) => graph
        .AddResolvers<TraceListResolvers>()
        .AddResolvers<TraceResolvers>()
        .AddResolvers<SessionResolvers>()
        .AddResolvers<SpanResolvers>()
        .AddResolvers<PromptVersionStatsResolvers>()
        .AddResolvers<TraceSubscription>()
        .AddResolvers<EraseMutation>()
        .AddResolvers<ModelPriceResolvers>()
        .AddResolvers<ModelPriceMutation>()
        .BindType<TraceView>("Trace")
        .BindType<SpanView>("Span")
        .BindType<SessionView>("Session")
        .Cost("Project.stats", 1_000)
        .Cost("Project.facets", 1_000)
        .Cost("Project.traces", 100)
        .Cost("Project.spans", 100)
        .Cost("Project.sessions", 200)
        .Cost("PromptVersion.stats", 200)
        .Cost("Trace.spans", 20)
        .Cost("Span.attributes", 1)
        .SizeOf<SpanView>(SpanSize.Of)
        .BindMessageParts();

    /// <summary>Maps OTLP over HTTP on any port, and over gRPC wherever HTTP/2 is spoken.</summary>
    public static void MapTraces(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOtlpHttp();
        endpoints.MapOtlpGrpc();
    }
}
