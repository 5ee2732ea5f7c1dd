using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access;
using static Plumbline.Contracts.Access.Permission;

namespace Plumbline.Features.Tests.Access;

public sealed class AccessControlTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private ProductHost _host = null!;
    private Tenant _acme = null!;
    private Tenant _rival = null!;

    private IAccessControl Access => _host.Get<IAccessControl>();

    public async ValueTask InitializeAsync()
    {
        _host = await shared.HostAsync();
        _acme = await _host.AddTenantAsync();
        _rival = await _host.AddTenantAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Require_Nobody_IsUnauthenticated() =>
        Assert.Equal(FailureCode.Unauthenticated, await RefusedAsync(Caller.Anonymous, _acme.Key, ReadTraces));

    [Fact]
    public async Task Require_ForeignAndMissingProjects_LookAlike()
    {
        var foreign = await Assert.ThrowsAsync<RequestFailedException>(async () => await Access.RequireAsync(_rival.Owner, _acme.Key, ReadTraces, default));
        var missing = await Assert.ThrowsAsync<RequestFailedException>(async () =>
            await Access.RequireAsync(_rival.Owner, new ProjectKey(_rival.Organization, RandomId.New()), ReadTraces, default));
        Assert.Equal((FailureCode.NotFound, foreign.Message), (missing.Code, missing.Message));
        Assert.Equal(FailureCode.NotFound, foreign.Code);
    }

    [Fact]
    public async Task Require_ProjectOfAnotherOrganizationUnderOnesOwn_IsNotFound() =>
        Assert.Equal(FailureCode.NotFound, await RefusedAsync(_rival.Owner, new ProjectKey(_rival.Organization, _acme.Key.Project), ReadTraces));

    [Fact]
    public async Task Require_RoleWithoutPermission_IsForbidden()
    {
        var reviewer = await _host.AddMemberAsync(_acme, Role.Reviewer);
        Assert.Equal(FailureCode.Forbidden, await RefusedAsync(reviewer, _acme.Key, ReadTraces));
        Assert.Equal(Role.Reviewer, (await Access.RequireAsync(reviewer, _acme.Key, Review, default)).Role);
    }

    [Fact]
    public async Task Require_ProjectRole_CountsInThatProjectAlone()
    {
        var viewer = await _host.AddMemberAsync(_acme, Role.Viewer);
        await Organization.SetRoleAsync(_acme.Owner.UserId!, viewer.UserId!, Role.Developer, _acme.Key.Project);
        Assert.True((await Access.RequireAsync(viewer, _acme.Key, default)).Has(EditPrompts));
        Assert.False((await Access.RequireOrganizationAsync(viewer, _acme.Organization, null, default)).Has(EditPrompts));
    }

    [Fact]
    public async Task Require_RemovedMember_IsNotFoundAtOnce()
    {
        var member = await _host.AddMemberAsync(_acme, Role.Admin);
        await Access.RequireAsync(member, _acme.Key, ManageProject, default);
        await Organization.RemoveMemberAsync(_acme.Owner.UserId!, member.UserId!);
        Assert.Equal(FailureCode.NotFound, await RefusedAsync(member, _acme.Key, ManageProject));
        Assert.Null(await Access.FindPermissionsAsync(member.UserId!, _acme.Key, default));
    }

    [Fact]
    public async Task Require_Key_ReachesItsOwnProjectWithItsScopes()
    {
        var key = new Caller { ApiKeyId = "k", Project = _acme.Key, Scopes = [ApiKeyScope.Read] };
        Assert.Null((await Access.RequireAsync(key, _acme.Key, ReadTraces, default)).Role);
        Assert.Equal(FailureCode.Forbidden, await RefusedAsync(key, _acme.Key, Ingest));
        Assert.Equal(FailureCode.NotFound, await RefusedAsync(key, _rival.Key, ReadTraces));
    }

    [Fact]
    public async Task Membership_SurvivesARestart()
    {
        var member = await _host.AddMemberAsync(_acme, Role.Sme);
        _host = await shared.RestartAsync();
        Assert.Equal(Role.Sme, (await Access.RequireAsync(member, _acme.Key, EditPrompts, default)).Role);
    }

    [Fact]
    public async Task WhileAllowed_ItemAfterRemoval_IsNotPassedOn()
    {
        var (member, stream) = await ListenAsync();
        stream.Writer.TryWrite(1);
        await using var listening = Listening(member, stream).GetAsyncEnumerator();
        Assert.True(await listening.MoveNextAsync());
        await Organization.RemoveMemberAsync(_acme.Owner.UserId!, member.UserId!);
        stream.Writer.TryWrite(2);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(async () => await listening.MoveNextAsync());
        Assert.Equal(FailureCode.NotFound, failure.Code);
    }

    [Fact]
    public async Task WhileAllowed_IdleStream_EndsWhenTheSessionDoes()
    {
        var (member, stream) = await ListenAsync();
        await using var listening = Listening(member, stream).GetAsyncEnumerator();
        var next = listening.MoveNextAsync().AsTask();
        await _host.Grains.GetGrain<ISessionGrain>(member.CredentialHash!).EndAsync();
        await _host.Clock.AdvanceUntilAsync(next, new AccessOptions().RecheckInterval);
        Assert.Equal(FailureCode.Unauthenticated, (await Assert.ThrowsAsync<RequestFailedException>(() => next)).Code);
    }

    private IOrganizationGrain Organization => _host.Grains.GetGrain<IOrganizationGrain>(_acme.Organization);

    private async Task<(Caller Member, System.Threading.Channels.Channel<int> Stream)> ListenAsync()
    {
        var member = await _host.AddMemberAsync(_acme, Role.Developer) with { CredentialHash = RandomId.New() };
        await _host.Grains.GetGrain<ISessionGrain>(member.CredentialHash!).StartAsync(member.UserId!, _host.Clock.GetUtcNow().AddDays(1));
        return (member, System.Threading.Channels.Channel.CreateUnbounded<int>());
    }

    private IAsyncEnumerable<int> Listening(Caller member, System.Threading.Channels.Channel<int> stream) =>
        Access.WhileAllowedAsync(member, _acme.Key, ReadTraces, stream.Reader.ReadAllAsync(), default);

    private async Task<FailureCode> RefusedAsync(Caller caller, ProjectKey project, Permission permission) =>
        (await Assert.ThrowsAsync<RequestFailedException>(async () => await Access.RequireAsync(caller, project, permission, default))).Code;
}
