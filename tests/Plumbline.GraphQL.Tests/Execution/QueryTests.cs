using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.GraphQL.Tests.Execution;

public sealed class QueryTests : IAsyncLifetime
{
    private readonly Library.LoadCounter _loads = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(Library.Configure, services: s => s.AddSingleton(_loads));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(
        "{ book(id: \"b1\") { title pages tags genre } }",
        """{"data":{"book":{"title":"The Dispossessed","pages":387,"tags":["sf","utopia"],"genre":"NOVEL"}}}""")]
    [InlineData(
        "{ b: book(id: \"b2\") { pages ...F } } fragment F on Node { id __typename }",
        """{"data":{"b":{"pages":null,"id":"b2","__typename":"Book"}}}""")]
    [InlineData("{ book(id: \"none\") { title } }", """{"data":{"book":null}}""")]
    [InlineData(
        "{ book(id: \"b1\") { price copies published indexed extra } }",
        """{"data":{"book":{"price":"12.50","copies":1099511627776,"published":"2024-02-29T10:00:00Z","indexed":"2023-11-14T22:13:20.123456789Z","extra":{"a": [1, "ü"]}}}}""")]
    [InlineData(
        "{ shelf { ... on Book { title } ... on Film { minutes } } node(id: \"f1\") { __typename } }",
        """{"data":{"shelf":[{"title":"The Dispossessed"},{"minutes":167}],"node":{"__typename":"Film"}}}""")]
    [InlineData("{ echo(text: \"a\\\"\\n\\u0001é\", genre: SHORT_STORY) }", """{"data":{"echo":"a\"\n\u0001é*1:ShortStory"}}""")]
    [InlineData("{ book(id: \"b1\") @skip(if: true) { title } echo @include(if: true) }", """{"data":{"echo":"null*1:"}}""")]
    [InlineData("{ pick(by: {byId: \"7\"}) }", """{"data":{"pick":"7"}}""")]
    public async Task Query_Answers_AsTheSpecificationSays(string query, string expected)
    {
        using var response = await _server.Client.PostAsync("/graphql", new StringContent(JsonSerializer.Serialize(new { query }), null, "application/json"));
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Query_NestedListsWithLoader_LoadsOnceALevel()
    {
        var answer = await _server.QueryAsync("{ books { author { name } related { author { name } } } }");
        Assert.Equal(3, answer.GetProperty("data").GetProperty("books").GetArrayLength());
        Assert.False(answer.TryGetProperty("errors", out _));
        Assert.Equal([2], _loads.Batches.ToArray());
    }

    [Fact]
    public async Task Query_NonNullFieldIsNull_NullsTheNearestNullableParent()
    {
        var answer = await _server.QueryAsync("{ book(id: \"b1\") { title broken } echo }");
        Assert.Equal("""{"book":null,"echo":"null*1:"}""", answer.GetProperty("data").GetRawText());
        var error = answer.GetProperty("errors")[0];
        Assert.Equal("Cannot return null for non-nullable field Book.broken.", error.GetProperty("message").GetString());
        Assert.Equal("""["book","broken"]""", error.GetProperty("path").GetRawText());
        Assert.Equal("""[{"line":1,"column":26}]""", error.GetProperty("locations").GetRawText());
    }

    [Fact]
    public async Task Query_NonNullListItemFails_NullsTheWholeAnswer()
    {
        var answer = await _server.QueryAsync("{ books { broken } }");
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").ValueKind);
        Assert.Equal("""["books",0,"broken"]""", answer.GetProperty("errors")[0].GetProperty("path").GetRawText());
    }

    [Fact]
    public async Task Query_ResolverThrowsSomethingUnknown_IsMaskedWithAnId()
    {
        var answer = await _server.QueryAsync("{ book(id: \"b1\") { secret } }");
        Assert.Equal("""{"book":{"secret":null}}""", answer.GetProperty("data").GetRawText());
        var error = answer.GetProperty("errors")[0];
        Assert.DoesNotContain("database", error.GetRawText());
        Assert.Equal("INTERNAL", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(32, error.GetProperty("extensions").GetProperty("errorId").GetString()!.Length);
    }

    [Theory]
    [InlineData("{ fails { id } }", "CONFLICT", "Somebody else holds it.")]
    [InlineData("{ book(id: \"b1\") { later } }", "NOT_IMPLEMENTED", "Book.later is not served by this version.")]
    [InlineData("{ book(id: \"b1\") { rating } }", "INTERNAL", "Float cannot represent non numeric value: NaN")]
    public async Task Query_FieldFails_CarriesCodeAndMessage(string query, string code, string message)
    {
        var error = (await _server.QueryAsync(query)).GetProperty("errors")[0];
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(message, error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Mutation_Fields_RunOneAfterAnother()
    {
        var answer = await _server.QueryAsync("mutation { a: step b: step(fail: true) c: step }");
        Assert.Equal("""{"a":1,"b":null,"c":2}""", answer.GetProperty("data").GetRawText());
        Assert.Equal("""["b"]""", Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("path").GetRawText());
    }

    [Fact]
    public async Task Mutation_FieldsWithLoader_DoNotSeeWhatEarlierOnesLoaded()
    {
        var answer =
            await _server.QueryAsync(
                "mutation { a: addBook(input: {title: \"A\"}) { book { author { name } } } b: addBook(input: {title: \"B\"}) { book { author { name } } } }");
        Assert.False(answer.TryGetProperty("errors", out _));
        Assert.Equal([1, 1], _loads.Batches.ToArray());
    }

    [Theory]
    [InlineData("""{"title":"T"}""", "pages given: False, numbers: , at: ", -1)]
    [InlineData("""{"title":"T","pages":null}""", "pages given: True, numbers: , at: ", null)]
    [InlineData(
        """{"title":"T","pages":7,"nested":{"numbers":[1,null],"at":"2026-01-31T12:00:00+01:00"}}""",
        "pages given: True, numbers: 1,null, at: 2026-01-31T11:00:00.0000000+00:00", 7)]
    [InlineData("""{"title":"T","nested":{"numbers":5}}""", "pages given: False, numbers: 5, at: ", -1)]
    public async Task Mutation_InputObject_TellsAbsentFromNull(string input, string note, int? pages)
    {
        var answer = await _server.QueryAsync(
            "mutation($i: BookInput!) { addBook(input: $i) { note book { pages genre } } }",
            new { i = JsonSerializer.Deserialize<JsonElement>(input) });
        var payload = answer.GetProperty("data").GetProperty("addBook");
        Assert.Equal(note, payload.GetProperty("note").GetString());
        Assert.Equal(pages is null ? "null" : pages.ToString(), payload.GetProperty("book").GetProperty("pages").GetRawText());
        Assert.Equal("NOVEL", payload.GetProperty("book").GetProperty("genre").GetString());
    }

    [Fact]
    public async Task Subscription_Events_ArriveAsServerSentEvents()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(
            """{"query":"subscription { bookAdded(count: 2) { title author { name } } }"}""", null, "application/json")
        };
        request.Headers.Add("Accept", "text/event-stream");
        using var response = await _server.Client.SendAsync(request);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n").Where(e => e.StartsWith("event", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            [
                """event: next|data: {"data":{"bookAdded":{"title":"The Dispossessed","author":{"name":"Ursula"}}}}""",
                """event: next|data: {"data":{"bookAdded":{"title":"Ficciones","author":{"name":"Jorge"}}}}""",
                "event: complete|data: ",
            ],
            events.Select(e => e.Replace('\n', '|')));
    }
}
