namespace Plumbline.GraphQL.Tests.Binding;

/// <summary>An object type stands for one .NET type, or for what derives from one.</summary>
public sealed class OneTypeTests
{
    private const string Sdl = "type Thing { name: String! } type Query { one: Thing! other: Thing! }";

    public abstract record Named(string Name);

    public sealed record Left(string Name) : Named(Name);

    public sealed record Right(string Name) : Named(Name);

    [ResolversFor("Query")]
    public sealed class UnrelatedResolvers
    {
        public Left One() => new("left");

        public Right Other() => new("right");
    }

    [ResolversFor("Query")]
    public sealed class DerivedResolvers
    {
        public Named One() => new Left("left");

        public Right Other() => new("right");
    }

    [Fact]
    public void Bind_UnrelatedTypes_AreNamed()
    {
        var error = Assert.Single(BindingErrors.Of(new GraphQLBuilder().AddSchema(Sdl).AddResolvers<UnrelatedResolvers>()));
        Assert.StartsWith("Thing would stand for Left and Right, of which none is the base of the others", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_TypesOfABoundBase_AreServed()
    {
        await using var server = await TestServer.StartAsync(g => g.AddSchema(Sdl).AddResolvers<DerivedResolvers>());
        var answer = await server.QueryAsync("{ one { name } other { name } }");
        Assert.Equal("""{"one":{"name":"left"},"other":{"name":"right"}}""", answer.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Bind_UnrelatedTypesUnderABase_AreServed()
    {
        await using var server = await TestServer.StartAsync(g => g.AddSchema(Sdl).AddResolvers<UnrelatedResolvers>().BindType<Named>("Thing"));
        Assert.Equal("""{"one":{"name":"left"}}""", (await server.QueryAsync("{ one { name } }")).GetProperty("data").GetRawText());
    }
}
