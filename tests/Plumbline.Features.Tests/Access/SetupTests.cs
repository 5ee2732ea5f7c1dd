using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Access;
using Plumbline.Features.Access.SignIn;

namespace Plumbline.Features.Tests.Access;

public sealed class SetupTests : IAsyncLifetime
{
    private const string Key = "pl_0123456789abcdefghijklmnopqrstuvwxyz";
    private static readonly FirstRunSettings Everything = new("Acme", "Main", Key, "ann@example.com", "correct horse");
    private ProductHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ProductHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task OwnerLink_MakesTheOwnerOnce()
    {
        var token = await IssueAsync();
        var session = await SignInAsync(token!);
        var caller = (await _host.Get<ICredentials>().FromSessionAsync(session.Token, default))!;
        var organization = Assert.Single(await _host.Grains.GetGrain<IUserGrain>(caller.UserId!).OrganizationsAsync());
        Assert.Equal(Role.Owner, (await _host.Grains.GetGrain<IOrganizationGrain>(organization).FindMemberAsync(caller.UserId!))!.Role);
        await RefusedAsync(token!, "another password");
        Assert.Null(await IssueAsync());
    }

    [Fact]
    public async Task OwnerLink_UsedAgainWithItsPassword_SignsTheSameOwnerIn()
    {
        var token = await IssueAsync();
        var (first, again) = (await SignInAsync(token!), await SignInAsync(token!));
        var credentials = _host.Get<ICredentials>();
        var owner = (await credentials.FromSessionAsync(first.Token, default))!.UserId!;
        Assert.Equal(owner, (await credentials.FromSessionAsync(again.Token, default))!.UserId);
        var organization = Assert.Single(await _host.Grains.GetGrain<IUserGrain>(owner).OrganizationsAsync());
        Assert.Single(await _host.Grains.GetGrain<IAuditGrain>(organization).ListAsync(new AuditQuery { Action = "owner.created" }, null, 10));
    }

    [Fact]
    public async Task OwnerLink_Expires()
    {
        var token = await IssueAsync();
        _host.Clock.Advance(new AccessOptions().OwnerLinkLifetime);
        await RefusedAsync(token!);
    }

    [Fact]
    public async Task OwnerLink_OfALaterStart_ReplacesTheFirst()
    {
        var first = await IssueAsync();
        _host = await _host.RestartAsync();
        var second = await IssueAsync();
        await RefusedAsync(first!);
        Assert.NotEmpty((await SignInAsync(second!)).Token);
    }

    [Fact]
    public async Task OwnerLink_OfAnotherNode_LeavesTheOpenOneUntilItExpires()
    {
        var first = await IssueAsync();
        var second = await _host.Get<IFirstRun>().IssueOwnerLinkAsync(replaces: false, default);
        Assert.Equal(new OwnerLink(null, _host.Clock.GetUtcNow() + new AccessOptions().OwnerLinkLifetime), second);
        _host.Clock.Advance(new AccessOptions().OwnerLinkLifetime);
        var third = (await _host.Get<IFirstRun>().IssueOwnerLinkAsync(replaces: false, default)).Path!;
        await RefusedAsync(first!);
        Assert.NotEmpty((await SignInAsync(third.Split('/')[^1])).Token);
    }

    [Fact]
    public async Task OwnerLink_WithABadForm_StaysOpen()
    {
        var token = await IssueAsync();
        var form = new FirstOwner(token, "Ann", "no address", "correct horse", "Acme");
        Assert.Equal(
            FailureCode.BadUserInput,
            (await Assert.ThrowsAsync<RequestFailedException>(() => _host.Get<OwnerSetup>().SignInAsync(form, Client.At(null)))).Code);
        Assert.NotEmpty((await SignInAsync(token!)).Token);
    }

    [Fact]
    public async Task Initialize_MakesAllThatIsAskedFor_Once()
    {
        await InitializeAsync(Everything);
        _host = await _host.RestartAsync();
        await InitializeAsync(Everything);
        var caller = (await _host.Get<ICredentials>().FromApiKeyAsync(Key, default))!;
        Assert.Equal(Enum.GetValues<ApiKeyScope>(), caller.Scopes);
        Assert.Single(await _host.Grains.GetGrain<IOrganizationProjectsGrain>(caller.Project!.Value.Organization).ListAsync());
        Assert.Single(await _host.Grains.GetGrain<IProjectApiKeysGrain>(caller.Project.Value.ToString()).ListAsync());
        Assert.Single(await _host.Grains.GetGrain<IOrganizationGrain>(caller.Project.Value.Organization).MembersAsync());
        Assert.NotEmpty((await _host.Get<PasswordSignIn>().SignInAsync("ann@example.com", "correct horse", Client.At(null))).Token);
        Assert.Null(await IssueAsync());
    }

    [Fact]
    public async Task Initialize_DoesNotBringARevokedKeyBack()
    {
        await InitializeAsync(Everything);
        var caller = (await _host.Get<ICredentials>().FromApiKeyAsync(Key, default))!;
        await _host.Grains.GetGrain<IProjectApiKeysGrain>(caller.Project.ToString()!).RevokeAsync(caller.ApiKeyId!);
        await InitializeAsync(Everything);
        Assert.Null(await _host.Get<ICredentials>().FromApiKeyAsync(Key, default));
    }

    [Fact]
    public async Task Initialize_WithoutOwner_LeavesTheOrganizationToTheLink()
    {
        await InitializeAsync(new FirstRunSettings("Acme", null, null, null, null));
        var session = await SignInAsync((await IssueAsync())!);
        var caller = (await _host.Get<ICredentials>().FromSessionAsync(session.Token, default))!;
        var organization = Assert.Single(await _host.Grains.GetGrain<IUserGrain>(caller.UserId!).OrganizationsAsync());
        Assert.Equal("Acme", (await _host.Grains.GetGrain<IOrganizationGrain>(organization).FindAsync())!.Name);
    }

    private Task InitializeAsync(FirstRunSettings settings) => _host.Get<IFirstRun>().InitializeAsync(settings, default);

    private async Task<string?> IssueAsync() => (await _host.Get<IFirstRun>().IssueOwnerLinkAsync(replaces: true, default)).Path?.Split('/')[^1];

    private Task<StartedSession> SignInAsync(string token, string password = "correct horse") =>
        _host.Get<OwnerSetup>().SignInAsync(new FirstOwner(token, "Ann", "ann@example.com", password, "Ann's"), Client.At(null));

    private async Task RefusedAsync(string token, string password = "correct horse") =>
        Assert.Equal(FailureCode.NotFound, (await Assert.ThrowsAsync<RequestFailedException>(() => SignInAsync(token, password))).Code);
}
