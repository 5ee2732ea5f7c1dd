using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;
using Plumbline.GraphQL;

namespace Plumbline.Features.Tests;

/// <summary>Batch loaders as a request of one caller has them, for resolvers that a test calls by itself: each key is loaded at once.</summary>
internal static class Loaders
{
    public static T Of<T>(IServiceProvider services, Caller caller) where T : BatchLoader
    {
        var request = services.CreateScope().ServiceProvider;
        request.GetRequiredService<CurrentCaller>().Value = caller;
        var loader = ActivatorUtilities.CreateInstance<T>(request);
        loader.Scheduler = new AtOnce();
        return loader;
    }

    private sealed class AtOnce : IBatchScheduler
    {
        public void Loading(int keys) { }

        public void Schedule(BatchLoader loader) => _ = loader.DispatchAsync(CancellationToken.None);

        public void Hold() { }

        public void Release() { }
    }
}
