using System.Net;
using System.Text;
using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests;

public sealed class BadRequestTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Viewer = "{ viewer { user { email } } }";

    [Fact]
    public async Task GraphQL_WithoutCredential_IsUnauthenticated()
    {
        using var nobody = ServerClient.Plain(server.Process);
        Assert.Equal("UNAUTHENTICATED", await nobody.ErrorCodeAsync(Viewer));
    }

    [Theory]
    [InlineData("pl_wrongwrongwrongwrongwrongwrongwrongwrong")]
    [InlineData("nonsense")]
    public async Task GraphQL_WrongKey_IsUnauthenticated_WithoutRepeatingIt(string key)
    {
        using var script = ServerClient.Script(server.Process, key);
        using var answer = await script.PostAsync("/graphql", new { query = Viewer });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("unknown, expired or revoked", text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, server.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GraphQL_CookieWithoutTheHeader_IsForbidden()
    {
        using var page = ServerClient.Plain(server.Process);
        var form = new StringContent(
            JsonSerializer.Serialize(new { email = "ann@example.com", password = RunningServer.Password }), Encoding.UTF8,
            "application/json");
        form.Headers.Add("x-plumbline-csrf", "1");
        using var signedIn = await page.PostAsync("/signin/password", form);
        signedIn.EnsureSuccessStatusCode();
        Assert.Equal("FORBIDDEN", await page.ErrorCodeAsync(Viewer));
    }

    [Theory]
    [InlineData("{ viewer {")]
    [InlineData("")]
    [InlineData("query { viewer { user { nonsense } } }")]
    [InlineData("mutation { destroyEverything { id } }")]
    [InlineData("query($x: Nonsense) { viewer { user { id } } }")]
    public async Task GraphQL_DocumentThatCannotRun_IsABadRequest(string document)
    {
        using var answer = await server.Owner.PostAsync("/graphql", new { query = document });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errors")[0];
        Assert.NotEmpty(error.Text("message"));
    }

    [Theory]
    [InlineData("traces", "TraceFilter")]
    [InlineData("spans", "SpanFilter")]
    public async Task GraphQL_FilterNestedTooDeep_IsABadRequestThatSaysHowToFlattenIt(string list, string filter)
    {
        var query = $"query($id: ID!, $where: {filter}) {{ project(id: $id) {{ {list}(where: $where) {{ nodes {{ id }} }} }} }}";
        var read = JsonDocument.Parse(await server.Owner.QueryTextAsync(query, new { id = server.ProjectId, where = Nested(32) })).RootElement;
        Assert.False(read.TryGetProperty("errors", out _));
        var refused = JsonDocument.Parse(await server.Owner.QueryTextAsync(
            query, new { id = server.ProjectId, where = Nested(33) })).RootElement.GetProperty("errors")[0];
        Assert.Equal("BAD_USER_INPUT", refused.Text("extensions.code"));
        Assert.Contains("nested deeper than 32 levels", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static object Nested(int levels) => levels == 0 ? new { search = "x" } : new { not = Nested(levels - 1) };

    [Theory]
    [InlineData("not json")]
    [InlineData("[1,2]")]
    [InlineData("{\"query\":7}")]
    public async Task GraphQL_BodyThatIsNoRequest_IsABadRequest(string body)
    {
        using var answer = await server.Script.PostAsync("/graphql", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task GraphQL_FormFromAnotherSite_IsRefused()
    {
        using var answer = await server.Owner.PostAsync(
            "/graphql", new StringContent("query=%7Bviewer%7Buser%7Bid%7D%7D%7D", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("""mutation { createProject(input: { organizationId: "ORG", name: "" }) { project { id } } }""")]
    [InlineData("""mutation { createProject(input: { organizationId: "ORG", name: "x", slug: "No Slug" }) { project { id } } }""")]
    [InlineData("""mutation { createApiKey(input: { projectId: "PRJ", name: "x", scopes: [] }) { secret } }""")]
    [InlineData("""mutation { createApiKey(input: { projectId: "PRJ", name: "x", scopes: [READ], expiresAt: "2001-01-01T00:00:00Z" }) { secret } }""")]
    [InlineData("""mutation { inviteMember(input: { organizationId: "ORG", email: "nobody", role: SME }) { acceptUrl } }""")]
    [InlineData("""mutation { updateProjectSettings(input: { projectId: "PRJ", sampleRate: 7 }) { project { id } } }""")]
    [InlineData("""mutation { updateProjectSettings(input: { projectId: "PRJ", redaction: [{ name: "r", kind: REGEX, pattern: "(", action: MASK """
        + """}] }) { project { id } } }""")]
    public async Task Mutation_BadInput_SaysSoAndChangesNothing(string mutation)
    {
        var before = await StateAsync();
        var document = mutation.Replace("ORG", server.OrganizationId, StringComparison.Ordinal).Replace("PRJ", server.ProjectId, StringComparison.Ordinal);
        Assert.Equal("BAD_USER_INPUT", await server.Owner.ErrorCodeAsync(document));
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Mutation_SlugTaken_IsAConflict() => Assert.Equal("CONFLICT", await server.Owner.ErrorCodeAsync(
        $$"""mutation { createProject(input: { organizationId: "{{server.OrganizationId}}", name: "Main", slug: "main" }) { project { id } } }"""));

    [Fact]
    public async Task Mutation_RemovingTheLastOwner_IsAConflict()
    {
        var me = await server.Owner.MeAsync();
        Assert.Equal("CONFLICT", await server.Owner.ErrorCodeAsync(
            "mutation($input: RemoveMemberInput!) { removeMember(input: $input) { organization { id } } }", new
            {
                input = new
                {
                    organizationId = server.OrganizationId,
                    userId = me,
                }
            }));
    }

    [Theory]
    [InlineData("/v1/nonsense")]
    [InlineData("/assets/missing.js")]
    public async Task Get_UnknownAddressOfAProgram_IsNotFound(string path)
    {
        using var client = ServerClient.Plain(server.Process);
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task EveryAnswer_CarriesTheSecurityHeaders()
    {
        using var client = ServerClient.Plain(server.Process);
        using var answer = await client.GetAsync("/healthz/live");
        Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    /// <summary>Everything that the mutations above could have changed.</summary>
    private Task<string> StateAsync() => server.Owner.QueryTextAsync(
        "query($id: ID!) { project(id: $id) { settings { sampleRate retentionDays redaction { name } } apiKeys { id } organization { projects { id "
            + "} invitations { id } } } }",
        new { id = server.ProjectId });
}
