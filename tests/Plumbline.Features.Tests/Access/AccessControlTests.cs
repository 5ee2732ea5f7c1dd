using Microsoft.Extensions.Options;
using Plumbline.Contracts.Access;
using Plumbline.Contracts;
using Plumbline.Features.Access.Control;
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

    [Fact]
    public async Task WhileAllowed_ManyOfOneCredential_AreLimited_AndMakeRoomWhenTheyEnd()
    {
        using var few = _host.Set<AccessOptions>(o => o.MaxSubscriptions = 2);
        var (member, _) = await ListenAsync();
        var (first, second) = (await OpenAsync(member), await OpenAsync(member));
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => OpenAsync(member));
        Assert.Equal(FailureCode.RateLimited, refused.Code);
        Assert.Contains("2 subscriptions open", refused.Message, StringComparison.Ordinal);
        await using var other = await OpenAsync((await ListenAsync()).Member);
        await first.DisposeAsync();
        await using var third = await OpenAsync(member);
        await second.DisposeAsync();
    }

    /// <summary>However many listen, one question every while; and all of them end when its answer is no.</summary>
    [Fact]
    public async Task WhileAllowed_IdleStreamsOfOneCredential_AreAskedAboutTogether()
    {
        const int listeners = 20;
        var asked = 0;
        var subscriptions = new OpenSubscriptions(_host.Get<IOptions<AccessOptions>>(), _host.Clock);
        var watched = new Watched("session", _acme.Key, ReadTraces);
        var places = Enumerable.Range(0, listeners).Select(_ => subscriptions.Enter(watched, _ =>
            Interlocked.Increment(ref asked) < 3 ? default : ValueTask.FromException(Failure.Unauthenticated()))).ToList();
        await _host.Clock.AdvanceUntilAsync(places[0].Refused, new AccessOptions().RecheckInterval);
        Assert.All(places, p => Assert.True(p.Refused.IsFaulted));
        Assert.Equal(3, asked);
        foreach (var place in places) place.Dispose();
        using var again = subscriptions.Enter(watched, _ => default);
        Assert.False(again.Refused.IsCompleted);
    }

    private async Task<IAsyncEnumerator<int>> OpenAsync(Caller member)
    {
        var stream = System.Threading.Channels.Channel.CreateUnbounded<int>();
        stream.Writer.TryWrite(1);
        var listening = Listening(member, stream).GetAsyncEnumerator();
        Assert.True(await listening.MoveNextAsync());
        return listening;
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
