using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Outcomes;

/// <summary>Joining by an invitation makes one account and one member, whatever was lost on the way.</summary>
public sealed class LostSignInTests(World world) : IClassFixture<World>
{
    private const string Password = "correct horse";

    [Fact]
    public async Task Join_WithAReplyLost_IsOutcomeUnknown_AndDoneOnceWhenRepeated()
    {
        var plain = await InviteAsync();
        var calls = await world.Network.ChangesDuringAsync(async () => Assert.Equal((204, ""), await JoinAsync(plain)));
        Assert.Contains("IEmailGrain.RegisterInvitedAsync 1", calls);
        Assert.Contains("IOrganizationGrain.JoinAsync 1", calls);
        foreach (var call in calls)
        {
            var guest = await InviteAsync();
            world.Network.Lose(call, Loss.Reply, 1);
            Assert.Equal((call, 504, "OUTCOME_UNKNOWN"), Named(call, await JoinAsync(guest)));
            Assert.True(world.Network.Stop(), call);
            Assert.Equal((call, 204, ""), Named(call, await JoinAsync(guest)));
            Assert.Equal((call, 204, ""), Named(call, await JoinAsync(guest)));
            Assert.Equal((call, 1), (call, await MembersAsync(guest.Email)));
        }
    }

    [Fact]
    public async Task Join_WithAnInvitationThatSomebodyHasUsed_IsRefused_AndMakesNoAccount()
    {
        var guest = await InviteAsync();
        Assert.Equal((204, ""), await JoinAsync(guest));
        Assert.Equal((404, "NOT_FOUND"), await JoinAsync(guest, password: "another password"));
        var stranger = guest with { Email = $"{world.NewWord("stranger")}@example.com" };
        Assert.Equal((404, "NOT_FOUND"), await JoinAsync(stranger));
        Assert.Equal((404, "NOT_FOUND"), await JoinAsync(guest with { Email = world.Ben.Email }));
        Assert.Equal(401, await SignInAsync(stranger.Email));
    }

    /// <summary>The address is the invitation's: nobody takes that of somebody else.</summary>
    [Fact]
    public async Task Join_WithAnotherAddressThanTheInvitations_IsRefused_AndMakesNoAccount()
    {
        var guest = await InviteAsync();
        var ceo = guest with { Email = $"{world.NewWord("ceo")}@bigcorp.test" };
        Assert.Equal((403, "FORBIDDEN"), await JoinAsync(ceo));
        Assert.Equal((403, "FORBIDDEN"), await JoinAsync(guest with { Email = world.Cat.Email }));
        Assert.Equal(401, await SignInAsync(ceo.Email));
        Assert.Equal((204, ""), await JoinAsync(guest with { Email = guest.Email.ToUpperInvariant() }));
        Assert.Equal(204, await SignInAsync(guest.Email));
    }

    /// <summary>Each has a name and a password of its own; the one that made the account is in, and may say so again.</summary>
    [Fact]
    public async Task Join_ByFourAtOnce_MakesOneAccount_AndOneMember()
    {
        var guest = await InviteAsync();
        var joined = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => JoinAsync(guest, password: $"{Password} {n}")));
        Assert.Equal(204, Assert.Single(joined, j => j.Status == 204).Status);
        Assert.All(joined.Where(j => j.Status != 204), j => Assert.True(j.Status is 404 or 401, j.ToString()));
        Assert.Equal(1, await MembersAsync(guest.Email));
        var signedIn = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => SignInAsync(guest.Email, $"{Password} {n}")));
        Assert.Single(signedIn, 204);
    }

    private async Task<int> SignInAsync(string email, string password = Password)
    {
        using var browser = world.Browser();
        using var signedIn = await browser.PostAsJsonAsync("/signin/password", new { email, password }, TestContext.Current.CancellationToken);
        return (int)signedIn.StatusCode;
    }

    private async Task<Guest> InviteAsync()
    {
        var email = $"{world.NewWord("guest")}@example.com";
        return new Guest(email, await world.InviteAsync(world.OrganizationId, email, "VIEWER"));
    }

    private async Task<(int Status, string Code)> JoinAsync(Guest guest, string password = Password)
    {
        using var browser = world.Browser();
        using var joined = await browser.PostAsJsonAsync(
            "/signin/join", new { token = guest.Token, name = "Guest", email = guest.Email, password },
            TestContext.Current.CancellationToken);
        var text = await joined.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)joined.StatusCode, text.Length == 0 ? "" : JsonDocument.Parse(text).RootElement.Text("error.code"));
    }

    private async Task<int> MembersAsync(string email)
    {
        var members = await world.NodeAsync(world.OrganizationId, "... on Organization { members(first: 500) { nodes { user { email } } } }");
        return members.At("members.nodes").EnumerateArray().Count(m => m.Text("user.email") == email);
    }

    private static (string Call, int Status, string Code) Named(string call, (int Status, string Code) answer) => (call, answer.Status, answer.Code);

    private sealed record Guest(string Email, string Token);
}
