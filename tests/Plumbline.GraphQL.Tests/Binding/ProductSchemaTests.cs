using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Tests.Binding;

public sealed class ProductSchemaTests
{
    private static readonly string Sdl = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "schema.graphql"));

    [Fact]
    public async Task ProductSchema_NothingBoundYet_LoadsAndAnswersNotImplemented()
    {
        var schema = SchemaBuilder.Build([Sdl]);
        var fields = new[] { "Query", "Mutation", "Subscription" }.SelectMany(t =>
            ((ObjectType)schema.Types[t]).Fields.Values).Select(f => f.ToString()).ToArray();
        await using var server = await TestServer.StartAsync(g => g.AddSchema(Sdl).NotImplemented(fields));
        var answer = await server.QueryAsync("{ viewer { user { id } } }");
        Assert.Equal("NOT_IMPLEMENTED", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        var types = (await server.QueryAsync("{ __schema { types { name fields { name type { kind ofType { name } } args { defaultValue } } } } }"))
            .GetProperty("data").GetProperty("__schema").GetProperty("types");
        Assert.Contains(types.EnumerateArray(), t => t.GetProperty("name").GetString() == "ReviewAssignment");
        Assert.Equal(Sdl, await server.Client.GetStringAsync("/graphql/schema.graphql"));
    }

    [Fact]
    public async Task Start_UnboundField_StopsAndNamesIt()
    {
        var failure = await Assert.ThrowsAsync<GraphQLSchemaException>(() =>
            TestServer.StartAsync(g => g.AddSchema("type Query { a: Int b: Int }").NotImplemented("Query.b", "Query.c")));
        Assert.Contains(failure.Errors, e => e.StartsWith("Query.a has no resolver", StringComparison.Ordinal));
        Assert.Contains(failure.Errors, e => e.StartsWith("Query.c is named as not implemented but is not a field", StringComparison.Ordinal));
    }
}
