using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Plumbline.GraphQL.Execution;

namespace Plumbline.GraphQL;

/// <summary>Registers the engine.</summary>
public static class GraphQLServices
{
    /// <summary>Adds the engine with a schema and its resolvers. The schema is bound when the host starts; what does not fit stops it with one message that
    /// lists everything.</summary>
    public static IServiceCollection AddGraphQL(this IServiceCollection services, Action<GraphQLBuilder> configure)
    {
        var builder = new GraphQLBuilder();
        configure(builder);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(builder);
        services.AddSingleton<GraphQLInstruments>();
        services.AddSingleton<GraphQLEngine>();
        services.AddHostedService<BindAtStart>();
        return services;
    }

    /// <summary>Makes a schema that cannot be served stop the start instead of the first request.</summary>
    private sealed class BindAtStart(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<GraphQLEngine>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
