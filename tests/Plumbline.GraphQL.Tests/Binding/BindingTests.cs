using Plumbline.GraphQL.Relay;

namespace Plumbline.GraphQL.Tests.Binding;

public sealed class BindingTests
{
    private const string Sdl = """
        enum Color { RED DARK_BLUE }
        input In { a: Int! b: String }
        type Thing { id: ID! color: Color! size: Int! names: [String!]! }
        type Query { thing(in: In, n: Int): Thing! list: [Thing!] }
        """;

    private static IReadOnlyList<string> Errors<TResolvers>(string sdl = Sdl) where TResolvers : class =>
        BindingErrors.Of(new GraphQLBuilder().AddSchema(sdl).AddResolvers<TResolvers>());

    public enum WrongColor
    {
        Red,
        Green,
    }

    public sealed record WrongThing(string? Id, WrongColor Color, string Size, IReadOnlyList<string?> Names);

    public sealed record WrongIn(int A, int Extra);

    [ResolversFor("Query")]
    public sealed class WrongResolvers
    {
        public WrongThing? Thing(WrongIn @in, string unknown) => throw new NotSupportedException($"{@in}{unknown}");

        public WrongThing List() => throw new NotSupportedException();

        public int Nothing() => 1;
    }

    [Theory]
    [InlineData("WrongResolvers.Nothing resolves no field of Query.")]
    [InlineData("Query.thing (WrongResolvers.Thing) is Thing! in the schema but may be null in C#.")]
    [InlineData("Query.list (WrongResolvers.List) is a list in the schema but WrongThing in C#.")]
    [InlineData("Parameter unknown of WrongResolvers.Thing is not an argument of Query.thing, a [Parent], a batch loader or a service.")]
    [InlineData("Argument Query.thing(n:) has no parameter in WrongResolvers.Thing.")]
    [InlineData("Argument Query.thing(in:) of WrongResolvers.Thing may be null in the schema (In) but not in C# (WrongIn); make it nullable, an "
        + "Optional<T>, or give it a default.")]
    [InlineData("WrongIn.Extra has no field in input In.")]
    [InlineData("Input field In.b has no member in WrongIn.")]
    [InlineData("Thing.id (WrongThing.Id) is ID! in the schema but may be null in C#.")]
    [InlineData("Thing.size (WrongThing.Size) is Int in the schema and cannot be written from String.")]
    [InlineData("Thing.names (WrongThing.Names) item is String! in the schema but may be null in C#.")]
    [InlineData("Thing.color (WrongThing.Color): enum value Color.DARK_BLUE has no member in C# enum WrongColor.")]
    [InlineData("Thing.color (WrongThing.Color): member WrongColor.Green has no value in the schema's enum Color.")]
    public void Bind_WhatDoesNotFit_IsNamedWithTypeFieldAndMethod(string expected) => Assert.Contains(expected, Errors<WrongResolvers>());

    public sealed record Item(string Id);

    [ResolversFor("Query")]
    public sealed class PageResolvers
    {
        public Task<Connection<Item>> Items(int first, string? after) => Task.FromResult(Connection.Page<Item>([new("a"), new("b")], first, after, i => i.Id));
    }

    [Fact]
    public async Task Bind_ConnectionOfAType_ServesNodesEdgesAndCounts()
    {
        await using var server = await TestServer.StartAsync(g => g.AddResolvers<PageResolvers>().AddSchema("""
            type Item { id: ID! }
            type ItemEdge { cursor: String! node: Item! }
            type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
            type ItemConnection { edges: [ItemEdge!]! nodes: [Item!]! pageInfo: PageInfo! totalCount: Int! }
            type Query { items(first: Int! = 50, after: String): ItemConnection! }
            """));
        var answer = await server.QueryAsync("{ items(first: 1) { edges { cursor node { id } } nodes { id } pageInfo { hasNextPage endCursor } totalCount } }");
        Assert.Equal(
            """{"items":{"edges":[{"cursor":"YQ","node":{"id":"a"}}],"nodes":[{"id":"a"}],"pageInfo":{"hasNextPage":true,"endCursor":"YQ"},"totalCount":2}}""",
            answer.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Bind_NullWhereCSharpAllowsNone_MeansTheSchemasDefault()
    {
        await using var server = await TestServer.StartAsync(g => g.AddResolvers<PageResolvers>().AddSchema("""
            type Item { id: ID! }
            type ItemConnection { nodes: [Item!]! }
            type Query { items(first: Int = 1, after: String): ItemConnection! }
            """));
        var answer = await server.QueryAsync(
            "query($none: Int) { a: items(first: null) { nodes { id } } b: items(first: $none) { nodes { id } } c: items { nodes { id } } d: "
                + "items(first: 2) { nodes { id } } }",
            new { none = (int?)null });
        Assert.Equal(
            """{"a":{"nodes":[{"id":"a"}]},"b":{"nodes":[{"id":"a"}]},"c":{"nodes":[{"id":"a"}]},"d":{"nodes":[{"id":"a"},{"id":"b"}]}}""",
            answer.GetProperty("data").GetRawText());
    }

    [ResolversFor("Nobody")]
    public sealed class Stray;

    [Theory]
    [InlineData("type Query { a: Nope }", "Unknown type in Query.a: Nope.")]
    [InlineData("type Query { a: Int } type Query { b: Int }", "There can be only one type named \"Query\".")]
    [InlineData(
        "type Query { a(b: In = {c: \"x\"}): Int } input In { c: Int }",
        "Query.a(b:) has an invalid default value: Int cannot represent non-integer value: \"x\"")]
    [InlineData("interface I { a: Int! } type Query implements I { a: Int }", "Interface field I.a expects type Int! but Query.a is type Int.")]
    [InlineData(
        "type Query { a(b: In): Int } input In { c: In! }",
        "Cannot reference Input Object \"In\" within itself through a series of non-null fields: \"c\".")]
    [InlineData("type Query { a(b: In): Int } input In @oneOf { c: Int! }", "OneOf input field In.c must be nullable.")]
    [InlineData("type Query { a: Int @nope }", "Unknown directive \"@nope\" on Query.a.")]
    [InlineData("union U = Query | E enum E { A } type Query { a: U }", "Union type U can only include Object types, it cannot include E.")]
    [InlineData("type Mutation { a: Int }", "Query root type must be provided.")]
    public void Build_InvalidSchema_SaysWhy(string sdl, string expected) => Assert.Contains(expected, Errors<Stray>(sdl));
}
