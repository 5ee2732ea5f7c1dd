using System.Text.Json;

namespace Plumbline.GraphQL.Tests.Types;

public sealed class ExtensionTests
{
    private const string Sdl = """
        type Query { a: Int }
        interface Named { name: String }
        union Any = Query
        enum Color { RED }
        input In { a: Int }
        scalar Url
        """;

    private const string Extensions = """
        schema { query: Query }
        extend schema { mutation: Change }
        type Change { b(old: Int @deprecated(reason: "gone"), in: In): Url }
        type Thing implements Named { name: String }
        extend type Query { thing: Thing any: Any color: Color }
        extend interface Named { short: String }
        extend type Thing { short: String }
        extend union Any = Thing
        extend enum Color { BLUE @deprecated }
        extend input In @oneOf { b: String @deprecated(reason: "use a") }
        extend scalar Url @specifiedBy(url: "https://url.spec.whatwg.org")
        """;

    private const string Question = """
        { __schema { queryType { name } mutationType { name } }
          query: __type(name: "Query") { fields { name } }
          change: __type(name: "Change") { fields { args(includeDeprecated: true) { name isDeprecated deprecationReason } } }
          named: __type(name: "Named") { fields { name } possibleTypes { name } }
          any: __type(name: "Any") { possibleTypes { name } }
          color: __type(name: "Color") { enumValues(includeDeprecated: true) { name deprecationReason } }
          in: __type(name: "In") { isOneOf inputFields(includeDeprecated: true) { name deprecationReason } }
          url: __type(name: "Url") { specifiedByURL } }
        """;

    [Fact]
    public async Task Extensions_OfEveryKind_BecomePartOfWhatTheyExtend()
    {
        await using var server = await TestServer.StartAsync(g => g.AddSchema(Sdl).AddSchema(Extensions)
            .NotImplemented("Query.a", "Query.thing", "Query.any", "Query.color", "Change.b", "Thing.name", "Thing.short"));
        var told =
            (await server.QueryAsync(
                "\"What the schema is made of.\" query Ask(\"Unused but for its description.\" $all: Boolean = true) { __typename @include(if: $all) }"))
                    .GetProperty("data");
        Assert.Equal("Query", told.GetProperty("__typename").GetString());
        var data = (await server.QueryAsync(Question)).GetProperty("data");
        Assert.Equal(
            """{"queryType":{"name":"Query"},"mutationType":{"name":"Change"}}""", data.GetProperty("__schema").GetRawText());
        Assert.Equal(["a", "thing", "any", "color"], Names(data.GetProperty("query").GetProperty("fields")));
        Assert.Equal(
            """[{"name":"old","isDeprecated":true,"deprecationReason":"gone"},{"name":"in","isDeprecated":false,"deprecationReason":null}]""",
            data.GetProperty("change").GetProperty("fields")[0].GetProperty("args").GetRawText());
        Assert.Equal(["name", "short"], Names(data.GetProperty("named").GetProperty("fields")));
        Assert.Equal(["Thing"], Names(data.GetProperty("named").GetProperty("possibleTypes")));
        Assert.Equal(["Query", "Thing"], Names(data.GetProperty("any").GetProperty("possibleTypes")));
        Assert.Equal(
            """[{"name":"RED","deprecationReason":null},{"name":"BLUE","deprecationReason":"No longer supported"}]""",
            data.GetProperty("color").GetProperty("enumValues").GetRawText());
        Assert.Equal(
            """{"isOneOf":true,"inputFields":[{"name":"a","deprecationReason":null},{"name":"b","deprecationReason":"use a"}]}""",
            data.GetProperty("in").GetRawText());
        Assert.Equal("https://url.spec.whatwg.org", data.GetProperty("url").GetProperty("specifiedByURL").GetString());
    }

    private static IEnumerable<string?> Names(JsonElement list) => list.EnumerateArray().Select(v => v.GetProperty("name").GetString());
}
