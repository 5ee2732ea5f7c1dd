namespace Plumbline.GraphQL.Tests.Binding;

public sealed class IsSelectedTests
{
    private const string Sdl = "type Page { items: Int! total: Int } union Any = Page type Query { page: Page! any: Any size: Int }";

    public sealed record Page(int Items, int? Total);

    [ResolversFor("Query")]
    public sealed class CountingResolvers
    {
        public Page Page([IsSelected("total")] bool wantTotal) => new(1, wantTotal ? 7 : throw new GraphQLException("CONFLICT", "Nobody asked for the total."));
    }

    [Theory]
    [InlineData("{ page { total } }", true)]
    [InlineData("{ page { count: total } }", true)]
    [InlineData("{ page { items } page { total } }", true)]
    [InlineData("{ page { ... on Page { ...F } } } fragment F on Page { total }", true)]
    [InlineData("query($no: Boolean = false) { page { items total @include(if: $no) } }", false)]
    [InlineData("{ page { items ... @skip(if: true) { total } } }", false)]
    [InlineData("{ page { total: items } }", false)]
    public async Task Parameter_TellsWhetherTheSubFieldIsAnswered(string query, bool selected)
    {
        await using var server = await TestServer.StartAsync(g => g.AddSchema(Sdl).AddResolvers<CountingResolvers>().NotImplemented("Query.any", "Query.size"));
        Assert.Equal(selected, !(await server.QueryAsync(query)).TryGetProperty("errors", out _));
    }

    [ResolversFor("Query")]
    public sealed class WrongResolvers
    {
        public Page Page([IsSelected("totl")] bool unknown, [IsSelected("total")] string noBool) => throw new NotSupportedException($"{unknown}{noBool}");

        public Page? Any([IsSelected("total")] bool abstractType) => throw new NotSupportedException($"{abstractType}");

        public int? Size([IsSelected("total")] bool leaf) => throw new NotSupportedException($"{leaf}");
    }

    [Fact]
    public void Bind_WhatCannotBeSelected_IsNamed()
    {
        Assert.Equal(
            [
                "[IsSelected(\"totl\")] of WrongResolvers.Page: Page has no field of that name.",
                "[IsSelected(\"total\")] noBool of WrongResolvers.Page must be a bool.",
                "[IsSelected(\"total\")] of WrongResolvers.Any: Query.any is of no object type.",
                "[IsSelected(\"total\")] of WrongResolvers.Size: Query.size is of no object type.",
            ],
            BindingErrors.Of(new GraphQLBuilder().AddSchema(Sdl).AddResolvers<WrongResolvers>()));
    }
}
