using Microsoft.Extensions.DependencyInjection;
using Plumbline.Features.Samples.Api;
using Plumbline.Features.Samples.Content;
using Plumbline.GraphQL;

namespace Plumbline.Features.Samples;

/// <summary>A sample project for looking around.</summary>
public static class SamplesFeature
{
    /// <summary>Adds the slice. Needs the grain runtime, <see cref="TimeProvider"/>, Access, Projects, Traces, Prompts, Reviews and Datasets.</summary>
    public static IServiceCollection AddSamples(this IServiceCollection services)
    {
        services.AddHttpClient();
        services.AddSingleton<SampleSender>();
        services.AddSingleton<SampleQueue>();
        services.AddSingleton<SampleDataset>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddSamples(this GraphQLBuilder graph) => graph.AddResolvers<SampleMutation>();
}
