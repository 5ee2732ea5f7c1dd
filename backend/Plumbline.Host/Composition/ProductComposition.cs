using System.Reflection;
using Plumbline.Features.Access;
using Plumbline.Features.Comments;
using Plumbline.Features.Datasets;
using Plumbline.Features.Playground;
using Plumbline.Features.Projects;
using Plumbline.Features.Prompts;
using Plumbline.Features.Reviews;
using Plumbline.Features.Samples;
using Plumbline.Features.Traces;
using Plumbline.GraphQL;
using Plumbline.GraphQL.RateLimits;
using Plumbline.Host.Api;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Composition;

/// <summary>The slices of the product, and the one GraphQL schema over them.</summary>
internal static class ProductComposition
{
    public static void AddProduct(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Services.AddAccess().AddProjects().AddPrompts().AddPlayground().AddTraces().AddReviews().AddDatasets().AddComments().AddSamples();
        options.Limits.Apply(builder.Services);
        builder.Services.Configure<PlaygroundOptions>(playground => playground.AllowPrivateAddresses = options.PrivateProviders == PrivateProviders.Allow);
        builder.Services.AddSingleton(services => Limiter(services, options));
        builder.Services.AddSingleton(options.GraphQL)
            .AddSingleton<GraphQLAdmission>().AddSingleton<GraphQLAudience>().AddSingleton<ExplorerPage>().AddSingleton<GraphQLEndpoint>();
        builder.Services.AddGraphQL(graph => graph
            .AddSchema(Schema())
            .NotImplemented(NotImplementedFields.All)
            .MapException(FailureMap.ToGraphQL)
            .AddAccess()
            .AddProjects()
            .AddPrompts()
            .AddPlayground()
            .AddTraces()
            .AddReviews()
            .AddDatasets()
            .AddComments()
            .AddSamples());
    }

    public static void MapProduct(this WebApplication app)
    {
        app.MapAccess();
        app.MapTraces();
        app.MapGraphQL("/graphql", app.Services.GetRequiredService<GraphQLEndpoint>().Configure);
    }

    /// <summary>Nodes of a cluster share the quotas of those who ask them.</summary>
    private static IRateLimiter Limiter(IServiceProvider services, ServerOptions options)
    {
        var (clock, most) = (services.GetRequiredService<TimeProvider>(), options.GraphQL.MaxRememberedCallers);
        return options.Cluster.IsOn
            ? new LeasedRateLimiter(services.GetRequiredService<ISharedQuotas>(), clock, most)
            : new RateLimiter(clock, most);
    }

    private static string Schema()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("schema.graphql")
            ?? throw new InvalidOperationException("The schema is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
