using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;
using static Plumbline.Contracts.Access.ApiKeyScope;

namespace Plumbline.Features.Tests.Access;

/// <summary>A key does what the person it acts for may do, and no longer than they may.</summary>
public sealed class KeyOwnershipTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private ProductHost _host = null!;
    private Tenant _acme = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await shared.HostAsync();
        _acme = await _host.AddTenantAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Removal_RevokesTheKeysOfWhoLeaves_AndThoseMadeWithThem()
    {
        var bad = await _host.AddMemberAsync(_acme, Role.Admin);
        var parent = await MakeAsync(bad, Admin, Read);
        var child = await MakeAsync(parent.Caller, Read);
        var sending = await MakeAsync(bad, Ingest);
        var others = await MakeAsync(_acme.Owner, Read);
        await Organization.RemoveMemberAsync(_acme.Owner.UserId!, bad.UserId!);
        foreach (var key in new[] { parent, child, sending }) Assert.Null(await Credentials.FromApiKeyAsync(key.Secret, default));
        Assert.NotNull(await Credentials.FromApiKeyAsync(others.Secret, default));
    }

    [Fact]
    public async Task Removal_WithSomebodyWhoTakesOver_LeavesTheKeys_WhichActForThem()
    {
        var (bad, heir) = (await _host.AddMemberAsync(_acme, Role.Developer), await _host.AddMemberAsync(_acme, Role.Developer));
        var key = await MakeAsync(bad, Read);
        await Organization.RemoveMemberAsync(_acme.Owner.UserId!, bad.UserId!, new KeyHandover(heir.UserId, null));
        var now = await Credentials.FromApiKeyAsync(key.Secret, default);
        Assert.Equal(heir.UserId, now!.OnBehalfOf);
        Assert.True((await Access.RequireAsync(now, _acme.Key, Permission.ReadTraces, default)).Has(Permission.Export));
        await Organization.RemoveMemberAsync(_acme.Owner.UserId!, heir.UserId!);
        Assert.Null(await Credentials.FromApiKeyAsync(key.Secret, default));
    }

    /// <summary>Nothing is changed: whoever removes somebody decides anew.</summary>
    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Sme)]
    public async Task Removal_WithSomebodyWhoMayNotTakeOver_IsForbidden(Role role)
    {
        var (bad, heir) = (await _host.AddMemberAsync(_acme, Role.Developer), await _host.AddMemberAsync(_acme, role));
        var key = await MakeAsync(bad, Read);
        Assert.Equal(FailureCode.Forbidden, await RefusedAsync(
            () => Organization.RemoveMemberAsync(_acme.Owner.UserId!, bad.UserId!, new KeyHandover(heir.UserId, null))));
        Assert.Equal(FailureCode.NotFound, await RefusedAsync(
            () => Organization.RemoveMemberAsync(_acme.Owner.UserId!, bad.UserId!, new KeyHandover(RandomId.New(), null))));
        Assert.Equal(FailureCode.BadUserInput, await RefusedAsync(
            () => Organization.RemoveMemberAsync(_acme.Owner.UserId!, bad.UserId!, new KeyHandover(bad.UserId, null))));
        Assert.NotNull(await Organization.FindMemberAsync(bad.UserId!));
        Assert.NotNull(await Credentials.FromApiKeyAsync(key.Secret, default));
    }

    [Fact]
    public async Task Demotion_RevokesTheKeysThatMayDoMore_AndNoOthers()
    {
        var dev = await _host.AddMemberAsync(_acme, Role.Developer);
        var (reading, playing) = (await MakeAsync(dev, Read), await MakeAsync(dev, ApiKeyScope.Playground));
        Assert.Equal([reading.Id], (await Organization.KeysOfAsync(dev.UserId!, Role.Sme)).Select(k => k.KeyId));
        Assert.Equal(2, (await Organization.KeysOfAsync(dev.UserId!, null)).Length);
        await Organization.SetRoleAsync(_acme.Owner.UserId!, dev.UserId!, Role.Sme, null);
        Assert.Null(await Credentials.FromApiKeyAsync(reading.Secret, default));
        Assert.NotNull(await Credentials.FromApiKeyAsync(playing.Secret, default));
        await Organization.SetRoleAsync(_acme.Owner.UserId!, dev.UserId!, Role.Viewer, _acme.Key.Project);
        Assert.Null(await Credentials.FromApiKeyAsync(playing.Secret, default));
    }

    [Fact]
    public async Task ClearingARoleInAProject_RevokesTheKeysThatMayDoMore()
    {
        var sme = await _host.AddMemberAsync(_acme, Role.Sme);
        await Organization.SetRoleAsync(_acme.Owner.UserId!, sme.UserId!, Role.Developer, _acme.Key.Project);
        var key = await MakeAsync(sme, Read);
        await Organization.ClearProjectRoleAsync(_acme.Owner.UserId!, sme.UserId!, _acme.Key.Project);
        Assert.Null(await Credentials.FromApiKeyAsync(key.Secret, default));
    }

    /// <summary>Also where nothing has revoked it: what was stored before keys were revoked with their maker.</summary>
    [Fact]
    public async Task Require_Key_MayNoMoreThanThePersonItActsFor()
    {
        var viewer = await _host.AddMemberAsync(_acme, Role.Viewer);
        var key = new Caller { ApiKeyId = "k", Project = _acme.Key, Scopes = [Read, Write, Admin], OnBehalfOf = viewer.UserId };
        var scope = await Access.RequireAsync(key, _acme.Key, default);
        Assert.Equal(PermissionSet.Of(Permission.ReadTraces, Permission.ReadRawContent), scope.Permissions);
        Assert.Equal(FailureCode.Forbidden, await RefusedAsync(async () => await Access.RequireAsync(key, _acme.Key, Permission.ManageKeys, default)));
        var stranger = key with { OnBehalfOf = RandomId.New() };
        Assert.Equal(FailureCode.Unauthenticated, await RefusedAsync(async () => await Access.RequireAsync(stranger, _acme.Key, default)));
        var nobodys = key with { OnBehalfOf = null };
        Assert.True((await Access.RequireAsync(nobodys, _acme.Key, default)).Has(Permission.ManageKeys));
    }

    /// <summary>A request that was let on may reach the grain after the removal has been there.</summary>
    [Fact]
    public async Task Create_ForSomebodyWhoMayNotAnyMore_OrByAKeyThatHasEnded_IsForbidden()
    {
        var dev = await _host.AddMemberAsync(_acme, Role.Developer);
        var parent = await MakeAsync(_acme.Owner, Admin, Read);
        await Organization.RemoveMemberAsync(_acme.Owner.UserId!, dev.UserId!);
        Assert.Equal(FailureCode.Forbidden, await RefusedAsync(() => MakeAsync(dev, Ingest)));
        await Keys.RevokeAsync(parent.Id);
        Assert.Equal(FailureCode.Forbidden, await RefusedAsync(() => MakeAsync(parent.Caller, Read)));
    }

    [Fact]
    public async Task Revoke_TakesTheKeysMadeWithItAlong_AndThoseMadeWithThem()
    {
        var first = await MakeAsync(_acme.Owner, Admin, Read);
        var second = await MakeAsync(first.Caller, Admin);
        var third = await MakeAsync(second.Caller, Ingest);
        var other = await MakeAsync(_acme.Owner, Read);
        Assert.Equal([first.Id, second.Id, third.Id], (await Keys.RevokeAsync(first.Id)).Select(k => k.KeyId));
        Assert.Equal(other.Id, Assert.Single(await Keys.ListAsync(), k => k.RevokedAt is null).KeyId);
    }

    [Fact]
    public async Task KeyMadeByAKey_EndsWithIt()
    {
        var ends = _host.Clock.GetUtcNow().AddHours(1);
        var parent = await MakeAsync(_acme.Owner, ends, Admin, Read);
        var child = await MakeAsync(parent.Caller, Read);
        Assert.Equal(ends, (await Keys.FindAsync(child.Id))!.ExpiresAt);
        var sooner = await MakeAsync(parent.Caller, ends.AddMinutes(-1), Read);
        Assert.Equal(ends.AddMinutes(-1), (await Keys.FindAsync(sooner.Id))!.ExpiresAt);
    }

    private IAccessControl Access => _host.Get<IAccessControl>();

    private ICredentials Credentials => _host.Get<ICredentials>();

    private IOrganizationGrain Organization => _host.Grains.GetGrain<IOrganizationGrain>(_acme.Organization);

    private IProjectApiKeysGrain Keys => _host.Grains.GetGrain<IProjectApiKeysGrain>(_acme.Key.ToString());

    private Task<(string Id, string Secret, Caller Caller)> MakeAsync(Caller maker, params ApiKeyScope[] scopes) => MakeAsync(maker, null, scopes);

    private async Task<(string Id, string Secret, Caller Caller)> MakeAsync(Caller maker, DateTimeOffset? expiresAt, params ApiKeyScope[] scopes)
    {
        var secret = Secrets.NewApiKey();
        var key = new NewApiKey(_acme.Key, RandomId.New(), "Key", Secrets.ShownPrefix(secret), [.. scopes])
        {
            CreatedById = maker.ActorId,
            ActsForId = maker.UserId ?? maker.OnBehalfOf,
            ExpiresAt = expiresAt,
        };
        await Keys.CreateAsync(Secrets.Hash(secret), key);
        return (key.KeyId, secret, (await Credentials.FromApiKeyAsync(secret, default))!);
    }

    private static async Task<FailureCode> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<RequestFailedException>(call)).Code;
}
