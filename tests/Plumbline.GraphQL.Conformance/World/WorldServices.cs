using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.GraphQL.Conformance.World;

/// <summary>The schema of fixtures/world.graphql over data made by formula; fixtures/world.mjs holds the same for the reference implementation.</summary>
internal static class WorldServices
{
    public static IServiceCollection Add(IServiceCollection services) => services.AddScoped<Counter>().AddGraphQL(g => g
        .AddSchema(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "world.graphql")))
        .AddResolvers<QueryResolvers>().AddResolvers<PersonResolvers>().AddResolvers<PostResolvers>().AddResolvers<MutationResolvers>()
            .AddResolvers<SubscriptionResolvers>()
        .BindType<Person>("Person").BindType<Post>("Post").BindType<Dog>("Dog").BindType<Cat>("Cat")
        .Limit(l =>
        {
            l.MaxDepth = 40;
            l.MaxAliases = 10_000;
            l.MaxRootFields = 1000;
            l.MaxCost = long.MaxValue;
        }));

    public static IServiceProvider Build() => Add(new ServiceCollection()).BuildServiceProvider();
}
