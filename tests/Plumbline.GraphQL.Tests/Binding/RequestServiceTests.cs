using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.GraphQL.Tests.Binding;

/// <summary>What belongs to a request reaches resolvers and batch loaders by its services, and nothing of it can be given by whoever asks.</summary>
public sealed class RequestServiceTests
{
    private const string Sdl = "type Query { asks: String! greeting(of: String!): String! }";

    /// <summary>Who asks.</summary>
    public sealed class Asker
    {
        public string Name { get; set; } = "nobody";
    }

    [ResolversFor("Query")]
    public sealed class AskerResolvers
    {
        public string Asks(Asker asker) => asker.Name;

        public async Task<string> Greeting(string of, GreetingLoader greetings) => (await greetings.LoadAsync(of))!;
    }

    public sealed class GreetingLoader(Asker asker) : BatchLoader<string, string>
    {
        protected override Task<IReadOnlyDictionary<string, string>> LoadBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(k => k, k => $"{asker.Name} greets {k}"));
    }

    [Fact]
    public async Task ScopedService_ReachesResolversAndLoaders_OfItsOwnRequestAlone()
    {
        await using var server = await TestServer.StartAsync(
            g => g.AddSchema(Sdl).AddResolvers<AskerResolvers>(),
            o => o.CreateContext = (http, context) =>
            {
                context.Services.GetRequiredService<Asker>().Name = http.Request.Query["as"].ToString();
                return default;
            },
            s => s.AddScoped<Asker>());
        foreach (var name in new[] { "ann", "bob" })
        {
            var answer = await server.Client.GetStringAsync($"/graphql?as={name}&query={{ asks a: greeting(of: \"x\") b: greeting(of: \"y\") }}");
            Assert.Equal($$$"""{"data":{"asks":"{{{name}}}","a":"{{{name}}} greets x","b":"{{{name}}} greets y"}}""", answer);
        }
    }

    [ResolversFor("Query")]
    public sealed class ArgumentResolvers
    {
        public string Asks(Asker asker) => asker.Name;
    }

    [Fact]
    public void ParameterOfAServicesType_IsNeverFilledFromAnArgumentOfItsName()
    {
        const string sdl = "input Asker { name: String! } type Query { asks(asker: Asker!): String! }";
        var errors = BindingErrors.Of(new GraphQLBuilder().AddSchema(sdl).AddResolvers<ArgumentResolvers>(), services => services.AddScoped<Asker>());
        Assert.Equal(["Argument Query.asks(asker:) has no parameter in ArgumentResolvers.Asks."], errors);
    }
}
