using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Host.Tests.Outcomes;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Access;

/// <summary>Whoever has a link for an address learns by it neither whether somebody else has an account of it, nor takes it from them.</summary>
public sealed class AddressTests(World world) : IClassFixture<World>
{
    private const string Own = "correct horse";
    private const string Strangers = "a password of a stranger";
    private const string Accept = "mutation($token: String!) { acceptInvitation(input: { token: $token }) { organization { id } } }";
    private const string Organizations = "{ viewer { user { id } organizations { id } } }";

    [Fact]
    public async Task Join_ForAnAddressWithAnAccount_IsAnsweredAsForOneWithout()
    {
        var organization = await OrganizationAsync();
        var (known, unknown) = (await JoinAsync(organization, world.Cat.Email, Strangers), await JoinAsync(organization, NewEmail(), Strangers));
        Assert.Equal((204, ""), (known.Status, known.Text));
        Assert.Equal((unknown.Status, unknown.Text, unknown.Headers), (known.Status, known.Text, known.Headers));
    }

    [Fact]
    public async Task Join_ForAnAddressWithAnAccount_LeavesThatAccountAlone()
    {
        var organization = await OrganizationAsync();
        var before = (await ViewerAsync(world.Ben.Browser)).ToString();
        Assert.Equal(204, (await JoinAsync(organization, world.Ben.Email, Strangers)).Status);
        Assert.Equal(before, (await ViewerAsync(world.Ben.Browser)).ToString());
        Assert.Equal(before, (await SignInAsync(world.Ben.Email, Own)).ToString());
        var strangers = await SignInAsync(world.Ben.Email, Strangers);
        Assert.Equal([organization], strangers.At("organizations").EnumerateArray().Select(o => o.Text("id")));
        Assert.NotEqual(world.Ben.Id, strangers.Text("user.id"));
    }

    [Fact]
    public async Task AddressThatAStrangerHasTaken_IsStillItsOwners()
    {
        var victim = NewEmail();
        var (strangers, ours) = (await OrganizationAsync(), await OrganizationAsync());
        Assert.Equal(204, (await JoinAsync(strangers, victim, Strangers)).Status);
        Assert.Equal(204, (await JoinAsync(ours, victim, Own)).Status);
        Assert.Equal([ours], (await SignInAsync(victim, Own)).At("organizations").EnumerateArray().Select(o => o.Text("id")));
        Assert.Equal([strangers], (await SignInAsync(victim, Strangers)).At("organizations").EnumerateArray().Select(o => o.Text("id")));
    }

    /// <summary>Somebody else may have made that account, and know its password.</summary>
    [Fact]
    public async Task Join_WithThePasswordOfAnAccount_TakesNobodyIntoIt()
    {
        var organization = await OrganizationAsync();
        var link = await world.InviteAsync(organization, world.Dan.Email, "VIEWER");
        var refused = await OpenAsync(link, Own);
        Assert.Equal((409, "CONFLICT"), (refused.Status, Code(refused.Text)));
        Assert.DoesNotContain(organization, (await ViewerAsync(world.Dan.Browser)).ToString());
        await world.AskAsync(Accept, new { token = link }, world.Dan.Browser);
        Assert.Contains(organization, (await ViewerAsync(world.Dan.Browser)).ToString());
    }

    /// <summary>Within an organization an address tells people apart: no manager makes themself a double of a colleague.</summary>
    [Fact]
    public async Task Organization_TakesInNoSecondMemberOfAnAddress()
    {
        var email = NewEmail();
        var (elsewhere, here) = (await OrganizationAsync(), await OrganizationAsync());
        Assert.Equal(204, (await JoinAsync(here, email, Own)).Status);
        var refused = await JoinAsync(here, email, Strangers);
        Assert.Equal((409, "CONFLICT"), (refused.Status, Code(refused.Text)));

        Assert.Equal(204, (await JoinAsync(elsewhere, email, Strangers)).Status);
        using var namesake = await BrowserAsync(email, Strangers);
        var token = await world.InviteAsync(here, email, "VIEWER");
        Assert.Equal("CONFLICT", (await world.AnswerAsync(Accept, new { token }, namesake)).Text("errors[0].extensions.code"));

        var other = await world.InviteAsync(here, NewEmail(), "VIEWER");
        await world.AskAsync("mutation($token: String!) { requestToJoin(input: { token: $token }) { requestedAt } }", new { token = other }, namesake);
        var request = (await world.NodeAsync(here, "... on Organization { joinRequests { id } }")).Text("joinRequests[0].id");
        var confirmed = await world.AnswerAsync(
            "mutation($id: ID!) { confirmJoinRequest(input: { id: $id }) { membership { role } } }", new { id = request });
        Assert.Equal("CONFLICT", confirmed.Text("errors[0].extensions.code"));
    }

    /// <summary>A link that asks for a password gives no more guesses than signing in does.</summary>
    [Fact]
    public async Task Join_CountsAsAnAttemptToSignIn()
    {
        var email = NewEmail();
        var statuses = new List<int>();
        for (var i = 0; i < 11; i++) statuses.Add((await JoinAsync(await OrganizationAsync(), email, $"guess number {i}")).Status);
        Assert.Equal([.. Enumerable.Repeat(204, 10), 429], statuses);
    }

    private string NewEmail() => $"{world.NewWord("person")}@example.com";

    private async Task<string> OrganizationAsync() => (await world.DoAsync(
        "createOrganization", new { name = world.NewWord("Joined") }, "organization { id }")).Text("organization.id");

    private async Task<Answer> JoinAsync(string organization, string email, string password) =>
        await OpenAsync(await world.InviteAsync(organization, email, "VIEWER"), password);

    private async Task<Answer> OpenAsync(string token, string password)
    {
        using var browser = world.Browser();
        using var joined = await browser.PostAsJsonAsync("/signin/join", new { token, name = "Somebody", password });
        var headers = joined.Headers.Where(h => h.Key != "Date").Select(h => h.Key).Order(StringComparer.Ordinal);
        return new Answer((int)joined.StatusCode, await joined.Content.ReadAsStringAsync(), string.Join(' ', headers));
    }

    /// <summary>Who is signed in by this address and password.</summary>
    private async Task<JsonElement> SignInAsync(string email, string password)
    {
        using var browser = await BrowserAsync(email, password);
        return await ViewerAsync(browser);
    }

    private async Task<JsonElement> ViewerAsync(HttpClient browser) => (await world.AskAsync(Organizations, by: browser)).At("viewer");

    private async Task<HttpClient> BrowserAsync(string email, string password)
    {
        var browser = world.Browser();
        using var signedIn = await browser.PostAsJsonAsync("/signin/password", new { email, password });
        signedIn.EnsureSuccessStatusCode();
        return browser;
    }

    private static string Code(string text) => JsonDocument.Parse(text).RootElement.Text("error.code");

    private sealed record Answer(int Status, string Text, string Headers);
}
