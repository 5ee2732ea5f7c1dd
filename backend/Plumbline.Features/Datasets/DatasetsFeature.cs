using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Datasets.Api;
using Plumbline.Features.Datasets.Grains;
using Plumbline.GraphQL;

namespace Plumbline.Features.Datasets;

/// <summary>Datasets: examples, their versions and where they came from.</summary>
public static class DatasetsFeature
{
    /// <summary>Adds the slice. Needs the grain runtime, an object store, <see cref="TimeProvider"/>, Access, Traces and Reviews.</summary>
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddOptions<DatasetsOptions>();
        services.AddSingleton<DatasetDirectory>();
        services.AddSingleton<IDatasetDirectory>(s => s.GetRequiredService<DatasetDirectory>());
        services.AddSingleton<IReviewedExamples, ReviewedExamples>();
        services.AddSingleton<ITraceHolder, HeldByDatasets>();
        services.AddSingleton<DatasetGate>();
        services.AddSingleton<ExampleSource>();
        services.AddSingleton<INodeResolver, DatasetNode>();
        services.AddSingleton<INodeResolver, DatasetItemNode>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddDatasets(this GraphQLBuilder graph) => graph
        .AddResolvers<ProjectDatasetResolvers>()
        .AddResolvers<DatasetResolvers>()
        .AddResolvers<DatasetItemResolvers>()
        .AddResolvers<DatasetVersionResolvers>()
        .AddResolvers<TraceDatasetResolvers>()
        .AddResolvers<DatasetMutations>()
        .BindType<DatasetView>("Dataset")
        .BindType<DatasetItemModel>("DatasetItem")
        .Cost("Dataset.items", 600)
        .SizeOf<DatasetItemModel>(item => 500 + 2L * ((item.Item.Content.InputsJson.Length + (item.Item.Content.Output?.Length ?? 0))
            + (item.Item.Content.Expected?.Length ?? 0) + (item.Item.Content.Reasoning?.Length ?? 0)));
}
