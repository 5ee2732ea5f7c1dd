using System.Net;
using System.Text;
using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests;

public sealed class SignInTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task FirstOwner_SignsInByLink_MakesAProjectAndAKey_AndTheKeyReads()
    {
        await using var fresh = await ServerProcess.StartAsync();
        using var owner = await ServerClient.OwnerAsync(fresh);
        var organization = (await owner.QueryAsync("{ viewer { user { email } organizations { id slug } } }")).At("viewer.organizations[0]");
        Assert.Equal("acme", organization.GetProperty("slug").GetString());
        var project = (await owner.DoAsync(
            "createProject",
            new { organizationId = organization.Text("id"), name = "Support Bot" },
            "project { id slug organization { slug } }")).GetProperty("project");
        Assert.Equal("support-bot", project.GetProperty("slug").GetString());
        var id = project.Text("id");
        var key = await owner.DoAsync("createApiKey", new { projectId = id, name = "CI", scopes = new[] { "READ" } }, "secret apiKey { prefix scopes }");
        var secret = key.Text("secret");
        Assert.Equal(secret[..11], key.At("apiKey.prefix").GetString());
        using var script = ServerClient.Script(fresh, secret);
        var viewer = (await script.QueryAsync(
            "query($id: ID!) { viewer { user { id } apiKey { name } permissions(projectId: $id) } project(id: $id) { name } }", new { id }));
        Assert.Equal("Support Bot", viewer.Text("project.name"));
        Assert.Equal(JsonValueKind.Null, viewer.At("viewer.user").ValueKind);
        Assert.Equal("CI", viewer.Text("viewer.apiKey.name"));
        Assert.DoesNotContain(secret, fresh.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnattendedInstall_KeyFindsItsProject_AndPrintsNoLink()
    {
        var organization = (await server.Script.QueryAsync("{ viewer { organizations { name projects { name id } } } }")).At("viewer.organizations[0]");
        Assert.Equal("Acme", organization.GetProperty("name").GetString());
        Assert.Equal(server.ProjectId, Assert.Single(organization.GetProperty("projects").EnumerateArray()).Text("id"));
        Assert.DoesNotContain("/signin/link/", server.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningServer.ApiKey, server.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_ActsOnTheNextRequest()
    {
        using var browser = await server.SignInAsync("ann@example.com");
        Assert.NotNull((await browser.QueryAsync("{ viewer { user { email } } }")).At("viewer.user.email").GetString());
        using var answer = await browser.PostAsync("/signout", new { });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("UNAUTHENTICATED", await browser.ErrorCodeAsync("{ viewer { user { email } } }"));
        Assert.False((await browser.GetJsonAsync("/signin/state")).GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task RevokedKey_IsRefusedOnTheNextRequest()
    {
        var (id, secret) = await server.CreateKeyAsync("READ");
        using var script = ServerClient.Script(server.Process, secret);
        await script.QueryAsync("{ viewer { apiKey { id } } }");
        await server.Owner.DoAsync("revokeApiKey", new { id }, "apiKey { revokedAt }");
        Assert.Equal("UNAUTHENTICATED", await script.ErrorCodeAsync("{ viewer { apiKey { id } } }"));
    }

    [Fact]
    public async Task Invitation_NewPersonJoins_AndIsOutOnTheNextRequestAfterRemoval()
    {
        using var browser = await server.JoinAsync("sme@example.com", "SME");
        var permissions = (await browser.QueryAsync(
            "query($id: ID!) { viewer { user { id } permissions(projectId: $id) } }", new { id = server.ProjectId })).GetProperty("viewer");
        Assert.Contains("EDIT_PROMPTS", permissions.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal("FORBIDDEN", await browser.ErrorCodeAsync("query($id: ID!) { project(id: $id) { apiKeys { id } } }", new { id = server.ProjectId }));
        await server.Owner.DoAsync(
            "removeMember",
            new { organizationId = server.OrganizationId, userId = permissions.Text("user.id") },
            "organization { id }");
        Assert.Equal("NOT_FOUND", await browser.ErrorCodeAsync("query($id: ID!) { project(id: $id) { name } }", new { id = server.ProjectId }));
    }

    [Fact]
    public async Task Invitation_SignedInPersonAccepts_Once()
    {
        using var other = await server.JoinAsync("dev@example.com", "DEVELOPER");
        var made = await other.QueryAsync("""mutation { createOrganization(input: { name: "Mine" }) { organization { id } } }""");
        var organizationId = made.Text("createOrganization.organization.id");
        var invitation = await other.DoAsync(
            "inviteMember", new { organizationId, email = "ann@example.com", role = "VIEWER" }, "acceptUrl invitation { email invitedBy { email } }");
        Assert.Equal("dev@example.com", invitation.Text("invitation.invitedBy.email"));
        var token = invitation.Text("acceptUrl").Split('/')[^1];
        const string Accept = "mutation($token: String!) { acceptInvitation(input: { token: $token }) { organization { id } } }";
        var accepted = await server.Owner.QueryAsync(Accept, new { token });
        Assert.Equal(organizationId, accepted.Text("acceptInvitation.organization.id"));
        using var third = await server.JoinAsync("third@example.com", "VIEWER");
        Assert.Equal("NOT_FOUND", await third.ErrorCodeAsync(Accept, new { token }));
    }

    [Theory]
    [InlineData("/signin/password")]
    [InlineData("/signin/link")]
    [InlineData("/signin/join")]
    [InlineData("/signout")]
    public async Task Post_WithoutTheHeader_IsForbidden(string path)
    {
        using var page = ServerClient.Plain(server.Process);
        using var answer = await page.PostAsync(path, new { email = "ann@example.com", password = RunningServer.Password });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("{\"email\":7}", "application/json")]
    [InlineData("email=a", "application/x-www-form-urlencoded")]
    public async Task Post_NoForm_IsABadRequestWithASentence(string body, string type)
    {
        using var browser = ServerClient.Browser(server.Process);
        using var answer = await browser.PostAsync("/signin/password", new StringContent(body, Encoding.UTF8, type));
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("BAD_USER_INPUT", error.GetProperty("code").GetString());
        Assert.NotEmpty(error.Text("message"));
    }

    [Fact]
    public async Task Post_HugeForm_IsRefused()
    {
        using var browser = ServerClient.Browser(server.Process);
        using var answer = await browser.PostAsync("/signin/password", new { email = new string('a', 100_000), password = "x" });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Cookie_IsOutOfReachForScriptsAndOtherSites()
    {
        using var browser = ServerClient.Browser(server.Process);
        using var answer = await browser.PostAsync("/signin/password", new { email = "ann@example.com", password = RunningServer.Password });
        var cookies = answer.Headers.GetValues("Set-Cookie").ToArray();
        Assert.Equal(["plumbline_device", "plumbline_session"], cookies.Select(c => c.Split('=')[0]).Order());
        Assert.All(cookies, c => Assert.Contains("httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Contains("samesite=lax", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.DoesNotContain("secure", c, StringComparison.OrdinalIgnoreCase));
    }
}
