using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.GraphQL.Tests.Execution;

/// <summary>What follows the flow of a request (culture, activity, scopes of the product) reaches its loaders too.</summary>
public sealed class LoaderFlowTests
{
    private static readonly AsyncLocal<string?> Flow = new();

    [Fact]
    public async Task Load_AskedForAfterAnAwait_RunsInTheFlowOfItsRequest()
    {
        await using var server = await TestServer.StartAsync(
            graph => graph.AddSchema("type Query { after: String }").AddResolvers<QueryResolvers>(),
            services: services => services.AddTransient<FlowLoader>().AddSingleton<IStartupFilter, FlowOfARequest>());
        var answer = await server.QueryAsync("{ after }");
        Assert.Equal("the request", answer.GetProperty("data").GetProperty("after").GetString());
    }

    private sealed class FlowOfARequest : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, following) =>
            {
                Flow.Value = "the request";
                await following(http);
            });
            next(app);
        };
    }

    [ResolversFor("Query")]
    public sealed class QueryResolvers
    {
        public async Task<string?> After(FlowLoader loader)
        {
            await Task.Yield();
            return await loader.LoadAsync("key");
        }
    }

    public sealed class FlowLoader : BatchLoader<string, string>
    {
        protected override Task<IReadOnlyDictionary<string, string>> LoadBatchAsync(
            IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(k => k, _ => Flow.Value ?? "nothing"));
    }
}
