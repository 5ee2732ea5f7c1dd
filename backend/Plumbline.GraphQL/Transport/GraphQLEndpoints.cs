using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Transport;

namespace Plumbline.GraphQL;

/// <summary>Maps the engine onto HTTP.</summary>
public static class GraphQLEndpoints
{
    /// <summary>Serves GraphQL over HTTP (GET, POST), subscriptions over server-sent events and <c>{path}/schema.graphql</c>.</summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string path, Action<GraphQLEndpointOptions>? configure = null)
    {
        var options = new GraphQLEndpointOptions();
        configure?.Invoke(options);
        var services = endpoints.ServiceProvider;
        var handler = new Lazy<HttpHandler>(() =>
            new HttpHandler(services.GetRequiredService<GraphQLEngine>(), options, services.GetRequiredService<TimeProvider>()));
        endpoints.MapGet($"{path}/schema.graphql", (HttpContext http) => handler.Value.WriteSchemaAsync(http));
        return endpoints.Map(path, (HttpContext http) => handler.Value.HandleAsync(http));
    }
}
