using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Access;

/// <summary>Who comes in by an invitation, and who does not.</summary>
public sealed class InvitationTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Invite = "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { acceptUrl invitation { id } } }";
    private const string Accept = "mutation($token: String!) { acceptInvitation(input: { token: $token }) { organization { id } } }";
    private const string Ask = "mutation($token: String!) { requestToJoin(input: { token: $token }) { requestedAt } }";
    private const string Confirm = "mutation($id: ID!) { confirmJoinRequest(input: { id: $id }) { membership { role user { id } } } }";
    private const string Decline = "mutation($id: ID!) { declineJoinRequest(input: { id: $id }) { organization { id } } }";
    private const string Revoke = "mutation($id: ID!) { revokeInvitation(input: { id: $id }) { organization { id } } }";

    /// <summary>With a link of their own making an admin who was removed was an admin again.</summary>
    [Fact]
    public async Task AdminWhoIsRemoved_CannotLetThemselvesBackIn()
    {
        using var bad = await server.JoinAsync("bad@example.com", "ADMIN");
        var spare = await InviteAsync(bad, "spare@example.com", "ADMIN");
        var own = await InviteAsync(bad, "bad@example.com", "ADMIN");
        await RemoveAsync(bad);
        Assert.Equal("NOT_FOUND", await bad.ErrorCodeAsync(Accept, new { token = own.Token }));
        Assert.Equal("NOT_FOUND", await bad.ErrorCodeAsync(Ask, new { token = spare.Token }));
        Assert.Equal(404, await JoinAsync(spare.Token));
        Assert.DoesNotContain("spare@example.com", await server.Owner.QueryTextAsync("{ organization(slug: \"acme\") { invitations { email } } }"));
    }

    [Fact]
    public async Task AdminWhoIsLowered_LetsNobodyInAnyMore()
    {
        using var lowered = await server.JoinAsync("lowered@example.com", "ADMIN");
        var (_, token) = await InviteAsync(lowered, "friend@example.com", "ADMIN");
        await server.Owner.DoAsync(
            "setMemberRole", new { organizationId = server.OrganizationId, userId = await IdAsync(lowered), role = "VIEWER" }, "membership { role }");
        Assert.Equal(404, await JoinAsync(token));
    }

    [Fact]
    public async Task StrangerWithTheLink_IsOutside_UntilSomebodyWhoMayConfirms()
    {
        using var mallory = await StrangerAsync("mallory@example.com");
        var (_, token) = await InviteAsync(server.Owner, "victim@example.com", "SME");
        Assert.Equal("FORBIDDEN", await mallory.ErrorCodeAsync(Accept, new { token }));
        Assert.Equal("NOT_FOUND", await OpenAsync(mallory));
        await mallory.QueryAsync(Ask, new { token });
        await mallory.QueryAsync(Ask, new { token });
        Assert.Equal("NOT_FOUND", await OpenAsync(mallory));

        var request = Assert.Single(await RequestsAsync(), r => Text(r, "email") == "mallory@example.com");
        Assert.Equal("victim@example.com", Text(request, "invitation", "email"));
        using var dev = await server.JoinAsync("plain-dev@example.com", "DEVELOPER");
        Assert.Equal("FORBIDDEN", await dev.ErrorCodeAsync(Confirm, new { id = Text(request, "id") }));
        Assert.Equal("NOT_FOUND", await mallory.ErrorCodeAsync(Confirm, new { id = Text(request, "id") }));

        var confirmed = await server.Owner.QueryAsync(Confirm, new { id = Text(request, "id") });
        Assert.Equal("SME", Text(confirmed, "confirmJoinRequest", "membership", "role"));
        Assert.Equal("", await OpenAsync(mallory));
        Assert.Equal(404, await JoinAsync(token));
        Assert.Equal((1, 1), (await AuditsAsync("join.requested", await IdAsync(mallory)), await AuditsAsync("join.confirmed", await IdAsync(mallory))));
    }

    [Fact]
    public async Task StrangerWhoIsDeclined_StaysOutside_AndTheAddressComesIn()
    {
        using var mallory = await StrangerAsync("mallory-2@example.com");
        var (_, token) = await InviteAsync(server.Owner, "victim-2@example.com", "VIEWER");
        await mallory.QueryAsync(Ask, new { token });
        var id = Text(Assert.Single(await RequestsAsync(), r => Text(r, "email") == "mallory-2@example.com"), "id");
        await server.Owner.QueryAsync(Decline, new { id });
        Assert.Equal("FORBIDDEN", await mallory.ErrorCodeAsync(Ask, new { token }));
        Assert.Equal("NOT_FOUND", await server.Owner.ErrorCodeAsync(Confirm, new { id }));
        Assert.Equal("NOT_FOUND", await OpenAsync(mallory));
        Assert.Equal(204, await JoinAsync(token));
        Assert.Equal(1, await AuditsAsync("join.declined", id));
    }

    [Fact]
    public async Task InvitationThatIsTakenBack_OpensNothing()
    {
        var (id, token) = await InviteAsync(server.Owner, "unwanted@example.com", "VIEWER");
        await server.Owner.QueryAsync(Revoke, new { id });
        Assert.Equal(404, await JoinAsync(token));
        Assert.Equal("NOT_FOUND", await server.Owner.ErrorCodeAsync(Revoke, new { id }));
        Assert.Equal(1, await AuditsAsync("invitation.revoked", "unwanted@example.com"));
    }

    /// <summary>The link stays for whom it is; the log is not written full by whoever has one.</summary>
    [Fact]
    public async Task MemberWhoOpensALink_ConsumesNothing_AndIsNotWrittenDown()
    {
        using var member = await server.JoinAsync("member@example.com", "VIEWER");
        var me = await IdAsync(member);
        Assert.Equal(1, await AuditsAsync("member.joined", me));
        var (_, other) = await InviteAsync(server.Owner, "somebody@example.com", "ADMIN");
        var (_, own) = await InviteAsync(server.Owner, "member@example.com", "ADMIN");
        foreach (var token in new[] { other, own }) await member.QueryAsync(Accept, new { token });
        Assert.Equal(1, await AuditsAsync("member.joined", me));
        Assert.Contains("VIEWER", await server.Owner.QueryTextAsync("{ organization(slug: \"acme\") { members { nodes { role user { id } } } } }"));
        Assert.Equal(204, await JoinAsync(other));
    }

    private async Task<(string Id, string Token)> InviteAsync(ServerClient inviter, string email, string role)
    {
        var made = (await inviter.QueryAsync(Invite, new { input = new { organizationId = server.OrganizationId, email, role } })).GetProperty("inviteMember");
        return (Text(made, "invitation", "id"), Text(made, "acceptUrl").Split('/')[^1]);
    }

    private async Task<int> JoinAsync(string token)
    {
        using var browser = ServerClient.Browser(server.Process);
        using var answer = await browser.PostAsync("/signin/join", new { token, name = "Somebody", password = RunningServer.Password });
        return (int)answer.StatusCode;
    }

    /// <summary>Somebody with an account and no part in the organization.</summary>
    private async Task<ServerClient> StrangerAsync(string email)
    {
        var stranger = await server.JoinAsync(email, "VIEWER");
        await RemoveAsync(stranger);
        return stranger;
    }

    private async Task RemoveAsync(ServerClient person) => await server.Owner.DoAsync(
        "removeMember", new { organizationId = server.OrganizationId, userId = await IdAsync(person) }, "organization { id }");

    private async Task<string> OpenAsync(ServerClient person)
    {
        var text = await person.QueryTextAsync("query($id: ID!) { project(id: $id) { name } }", new { id = server.ProjectId });
        var answer = JsonDocument.Parse(text).RootElement;
        return answer.TryGetProperty("errors", out var errors) ? Text(errors[0], "extensions", "code") : "";
    }

    private async Task<JsonElement[]> RequestsAsync()
    {
        var answer = await server.Owner.QueryAsync("{ organization(slug: \"acme\") { joinRequests { id email user { name } invitation { email } } } }");
        return [.. answer.At("organization.joinRequests").EnumerateArray()];
    }

    private async Task<int> AuditsAsync(string action, string target)
    {
        var log = await server.Owner.QueryAsync(
            "query($action: String!) { organization(slug: \"acme\") { auditLog(first: 500, where: { action: $action }) { nodes { target } } } }",
            new { action });
        return log.At("organization.auditLog.nodes").EnumerateArray().Count(e => Text(e, "target") == target);
    }

    private static async Task<string> IdAsync(ServerClient person) => Text(await person.QueryAsync("{ viewer { user { id } } }"), "viewer", "user", "id");

    private static string Text(JsonElement from, params string[] path) => path.Aggregate(from, (at, name) => at.GetProperty(name)).GetString()!;
}
