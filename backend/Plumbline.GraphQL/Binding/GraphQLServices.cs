using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.GraphQL;

/// <summary>Registers the engine.</summary>
public static class GraphQLServices
{
    /// <summary>Adds the engine with a schema and its resolvers. The schema is bound when the host starts; what does not fit stops it with one message that lists everything.</summary>
    public static IServiceCollection AddGraphQL(this IServiceCollection services, Action<GraphQLBuilder> configure)
    {
        var builder = new GraphQLBuilder();
        configure(builder);
        services.AddSingleton(builder);
        return services;
    }
}
