using System.Net;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Api;

/// <summary>Who may know the schema, and how much a caller may ask, on the real server.</summary>
public sealed class GraphQLAccessTests
{
    private const string Schema = "{ __schema { queryType { name } } }";

    private static Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings) =>
        ServerProcess.StartAsync(environment: RunningServer.FirstRun.Concat(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))).ToDictionary());

    private static async Task<ServerClient> SignInAsync(ServerProcess server)
    {
        var browser = ServerClient.Browser(server);
        using var answer = await browser.PostAsync("/signin/password", new { email = "ann@example.com", password = RunningServer.Password });
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    private static async Task<(bool Introspection, bool Text, bool Suggestion)> KnowsAsync(ServerClient client)
    {
        var introspection = !(await client.QueryTextAsync(Schema)).Contains("FORBIDDEN", StringComparison.Ordinal);
        using var text = await client.GetAsync("/graphql/schema.graphql");
        var suggestion = (await client.QueryTextAsync("{ viewr { user { id } } }")).Contains("Did you mean", StringComparison.Ordinal);
        return (introspection, text.StatusCode == HttpStatusCode.OK, suggestion);
    }

    [Theory]
    [InlineData("all", true, true)]
    [InlineData("none", false, false)]
    [InlineData("key", true, false)]
    [InlineData("key,admin", true, false)]
    [InlineData("owner,developer", false, true)]
    public async Task Introspection_ByAudience_ToldToKeysAndRoles_NeverToNobody(string audience, bool key, bool owner)
    {
        await using var server = await StartAsync(("PLUMBLINE_INTROSPECTION", audience));
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        using var person = await SignInAsync(server);
        using var nobody = ServerClient.Plain(server);
        Assert.Equal((key, key, key), await KnowsAsync(script));
        Assert.Equal((owner, owner, owner), await KnowsAsync(person));
        Assert.Equal((false, false, false), await KnowsAsync(nobody));
    }

    [Fact]
    public async Task Requests_BeyondAKeysQuota_Answer429WithTheStandardHeaders()
    {
        await using var server = await StartAsync(("PLUMBLINE_GRAPHQL_REQUESTS_PER_MINUTE", "2"));
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        for (var i = 0; i < 2; i++)
        {
            using var admitted = await script.PostAsync("/graphql", new { query = "{ viewer { permissions } }" });
            Assert.NotEqual(HttpStatusCode.TooManyRequests, admitted.StatusCode);
            Assert.StartsWith("\"requests\";q=2;w=60", string.Join(", ", admitted.Headers.GetValues("RateLimit-Policy")), StringComparison.Ordinal);
            Assert.StartsWith($"\"requests\";r={1 - i};", string.Join(", ", admitted.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        }
        using var refused = await script.PostAsync("/graphql", new { query = "{ __typename }" });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var person = await SignInAsync(server);
        Assert.Equal("Query", (await person.QueryAsync("{ __typename }")).GetProperty("__typename").GetString());
    }

    [Fact]
    public async Task WrongKeys_BeyondTheAddressesQuota_Answer429()
    {
        await using var server = await StartAsync(("PLUMBLINE_GRAPHQL_ANONYMOUS_REQUESTS_PER_MINUTE", "2"));
        using var script = ServerClient.Script(server, "pl_wrongwrongwrongwrongwrongwrongwrongwrong");
        for (var i = 0; i < 2; i++)
        {
            using var wrong = await script.PostAsync("/graphql", new { query = "{ __typename }" });
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using var refused = await script.PostAsync("/graphql", new { query = "{ __typename }" });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task Cost_OnRequest_IsTheDocumentedExample()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {RunningServer.ApiKey}");
        http.DefaultRequestHeaders.Add("GraphQL-Cost", "report");
        var (example, cost) = DocumentedCost.Example();
        using var answer = await http.PostAsync(
            new Uri("/graphql", UriKind.Relative),
            new StringContent(JsonSerializer.Serialize(new { query = example }), null, "application/json"));
        var reported = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.At("extensions.cost");
        Assert.Equal((cost, 1_000_000), (reported.GetProperty("cost").GetInt64(), reported.GetProperty("maxCost").GetInt64()));
    }
}
