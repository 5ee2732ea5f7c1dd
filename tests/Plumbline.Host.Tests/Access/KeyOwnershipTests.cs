using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Access;

/// <summary>Whose a key is, as everybody sees it, and what becomes of it when they go.</summary>
public sealed class KeyOwnershipTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Create = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } } }";

    [Fact]
    public async Task Key_ShowsItsMaker_WhoItActsFor_AndWhetherTheyHaveLeft()
    {
        using var admin = await server.JoinAsync("maker@example.com", "ADMIN");
        using var heir = await server.JoinAsync("heir@example.com", "ADMIN");
        var (first, secret) = await CreateAsync(admin, "ADMIN", "READ");
        using var script = ServerClient.Script(server.Process, secret);
        var (second, _) = await CreateAsync(script, "READ");
        Assert.Equal(("maker@example.com", "maker@example.com", false), await ShownAsync(first));
        Assert.Equal(("API key Made", "maker@example.com", false), await ShownAsync(second));
        await RemoveAsync(admin, heir);
        Assert.Equal(("", "heir@example.com", true), await ShownAsync(first));
        Assert.Equal(("API key Made", "heir@example.com", false), await ShownAsync(second));
        var setup = Assert.Single(await KeysAsync(), k => k.GetProperty("name").GetString() == "Initial key");
        Assert.Equal(
            (JsonValueKind.Null, JsonValueKind.Null, false),
            (setup.GetProperty("createdBy").ValueKind, setup.GetProperty("actsFor").ValueKind, setup.GetProperty("makerHasLeft").GetBoolean()));
    }

    [Fact]
    public async Task AdminWhoIsRemoved_LeavesNoKeyThatWorks()
    {
        using var bad = await server.JoinAsync("bad@example.com", "ADMIN");
        var (id, secret) = await CreateAsync(bad, "ADMIN", "READ", "INGEST");
        var (sending, sender) = await CreateAsync(bad, "INGEST");
        var listed = await server.Owner.QueryAsync(
            "{ organization(slug: \"acme\") { members(first: 200) { nodes { user { email } apiKeys { id } lost: apiKeys(beyond: DEVELOPER) { id } } } } }");
        var member = listed.At("organization.members.nodes").EnumerateArray()
            .Single(m => m.At("user.email").GetString() == "bad@example.com");
        Assert.Equal(new[] { id, sending }.Order(), Ids(member.GetProperty("apiKeys")).Order());
        Assert.Equal([id], Ids(member.GetProperty("lost")));

        await RemoveAsync(bad, null);
        using var script = ServerClient.Script(server.Process, secret);
        Assert.Equal("UNAUTHENTICATED", await script.ErrorCodeAsync("{ viewer { apiKey { id } } }"));
        using var telemetry = ServerClient.Script(server.Process, sender);
        using var refused = await telemetry.PostAsync("/v1/traces", new { resourceSpans = Array.Empty<object>() });
        Assert.Equal(401, (int)refused.StatusCode);
        var log = await server.Owner.QueryTextAsync(
            "{ organization(slug: \"acme\") { auditLog(first: 20, where: { action: \"apikey.revoked\" }) { nodes { target } } } }");
        Assert.Contains(id, log);
        Assert.Contains(sending, log);
    }

    [Theory]
    [InlineData("ADMIN")]
    [InlineData("READ_REVIEWS")]
    public async Task KeyThatAdministers_MakesNoneThatDoes_NorOneThatReadsWhatPeopleSaid(string scope)
    {
        var (_, secret) = await CreateAsync(server.Owner, "ADMIN", "READ", "READ_REVIEWS");
        foreach (var made in new[] { secret, RunningServer.ApiKey })
        {
            using var script = ServerClient.Script(server.Process, made);
            Assert.Equal("FORBIDDEN", await script.ErrorCodeAsync(Create, Input("READ", scope)));
            await script.QueryAsync(Create, Input("READ"));
        }
        await server.Owner.QueryAsync(Create, Input("READ", scope));
    }

    [Fact]
    public async Task KeysThatWereMadeWithOne_AreRevokedWithIt_AndWrittenDown()
    {
        var (parent, secret) = await CreateAsync(server.Owner, "ADMIN", "READ");
        using var script = ServerClient.Script(server.Process, secret);
        var (child, childSecret) = await CreateAsync(script, "READ");
        await server.Owner.DoAsync("revokeApiKey", new { id = parent }, "apiKey { id }");
        using var orphan = ServerClient.Script(server.Process, childSecret);
        Assert.Equal("UNAUTHENTICATED", await orphan.ErrorCodeAsync("{ viewer { apiKey { id } } }"));
        var log = await server.Owner.QueryTextAsync(
            "{ organization(slug: \"acme\") { auditLog(first: 20, where: { action: \"apikey.revoked\" }) { nodes { target } } } }");
        Assert.Contains(child, log);
    }

    private async Task<(string Id, string Secret)> CreateAsync(ServerClient maker, params string[] scopes)
    {
        var made = (await maker.QueryAsync(Create, Input(scopes))).GetProperty("createApiKey");
        return (made.Text("apiKey.id"), made.Text("secret"));
    }

    private object Input(params string[] scopes) => new { input = new { projectId = server.ProjectId, name = "Made", scopes } };

    private async Task<(string Maker, string ActsFor, bool HasLeft)> ShownAsync(string id)
    {
        var key = Assert.Single(await KeysAsync(), k => k.Text("id") == id);
        var maker = key.GetProperty("createdBy");
        // A key that made one has a name and no address; a member who has left has an address that nobody is shown.
        var name = maker.Text("name");
        return (name.StartsWith("API key", StringComparison.Ordinal) ? name : maker.Text("email"),
            key.Text("actsFor.email"), key.GetProperty("makerHasLeft").GetBoolean());
    }

    private async Task<JsonElement[]> KeysAsync()
    {
        var answer = await server.Owner.QueryAsync(
            "query($id: ID!) { project(id: $id) { apiKeys { id name createdBy { name email } actsFor { email } makerHasLeft } } }",
            new { id = server.ProjectId });
        return [.. answer.At("project.apiKeys").EnumerateArray()];
    }

    private async Task RemoveAsync(ServerClient person, ServerClient? heir) => await server.Owner.DoAsync(
        "removeMember",
        new { organizationId = server.OrganizationId, userId = await person.MeAsync(), keysToUserId = heir is null ? null : await heir.MeAsync() },
        "organization { id }");

    private static IEnumerable<string> Ids(JsonElement keys) => keys.EnumerateArray().Select(k => k.Text("id"));
}
