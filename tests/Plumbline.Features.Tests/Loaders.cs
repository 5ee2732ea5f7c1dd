using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Access;
using Plumbline.GraphQL;

namespace Plumbline.Features.Tests;

/// <summary>Batch loaders as a request of one caller has them, for resolvers that a test calls by itself: each key is loaded at once.</summary>
internal static class Loaders
{
    public static T Of<T>(IServiceProvider services, Caller caller) where T : BatchLoader
    {
        var context = new GraphQLRequestContext(services);
        context.Set(caller);
        var loader = ActivatorUtilities.CreateInstance<T>(services);
        loader.Scheduler = new AtOnce(context);
        return loader;
    }

    private sealed class AtOnce(GraphQLRequestContext context) : IBatchScheduler
    {
        public void Schedule(BatchLoader loader) => _ = loader.DispatchAsync(context, CancellationToken.None);

        public void Hold() { }

        public void Release() { }
    }
}
