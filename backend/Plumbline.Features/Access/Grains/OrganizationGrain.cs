using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

[GrainType("organization")]
internal sealed class OrganizationGrain(
    [PersistentState("organization", "grains")] IPersistentState<OrganizationState> stored, IOptions<AccessOptions> options, TimeProvider clock)
    : Grain, IOrganizationGrain
{
    private string Id => this.GetPrimaryKeyString();

    private OrganizationState State => stored.State;

    public async Task CreateAsync(NewOrganization organization)
    {
        if (State.Exists)
        {
            organization.Request?.RequireSame(State.RequestContent);
            return;
        }
        var now = clock.GetUtcNow();
        var created = new OrganizationState
        {
            Slug = organization.Slug,
            Name = organization.Name,
            CreatedAt = now,
            RequestContent = organization.Request?.Content,
        };
        await stored.SaveAsync(organization.OwnerId is { } owner ? created.WithOwner(owner, now) : created);
    }

    public Task<OrganizationView?> FindAsync() => Task.FromResult(State.Exists ? new OrganizationView(Id, State.Slug, State.Name) : null);

    public Task<MembershipView?> FindMemberAsync(string userId) => Task.FromResult(State.Find(userId)?.View(Id));

    public Task<ImmutableArray<MembershipView>> MembersAsync() => Task.FromResult(ImmutableArray.CreateRange(State.Members, m => m.View(Id)));

    public Task<ImmutableArray<InvitationView>> InvitationsAsync() =>
        Task.FromResult(State.Open(clock.GetUtcNow()).Reverse().Select(i => i.View(Id)).ToImmutableArray());

    public async Task AddOwnerAsync(string userId)
    {
        RequireExists();
        await SaveAsync(State.WithOwner(userId, clock.GetUtcNow()));
    }

    public async Task<InvitationView> InviteAsync(string actorId, NewInvitation invitation)
    {
        RequireExists();
        await SaveAsync(State.Invite(actorId, invitation, clock.GetUtcNow(), options.Value));
        return State.Invitations.First(i => i.Id == invitation.Id).View(Id);
    }

    public Task<InvitationView?> FindInvitationAsync(string invitationId, string tokenHash)
    {
        var now = clock.GetUtcNow();
        var accepted = State.FindAccepted(invitationId, tokenHash, now);
        return Task.FromResult(accepted is null
            ? State.FindInvitation(invitationId, tokenHash, now)?.View(Id)
            : accepted.Invitation.View(Id) with { AcceptedById = accepted.By });
    }

    public async Task<Joined> JoinAsync(string invitationId, string tokenHash, Joiner joiner)
    {
        await SettleAsync();
        await SaveAsync(State.Join(invitationId, tokenHash, joiner, clock.GetUtcNow(), options.Value));
        return new Joined(Require(joiner.UserId), State.FindAccepted(invitationId, tokenHash, clock.GetUtcNow())?.By == joiner.UserId);
    }

    public async Task<JoinRequestView> AskToJoinAsync(string invitationId, string tokenHash, Joiner joiner)
    {
        await SaveAsync(State.AskToJoin(invitationId, tokenHash, joiner, RandomId.New(), clock.GetUtcNow()));
        return Waiting().First(r => r.Invitation.InvitationId == invitationId && r.UserId == joiner.UserId);
    }

    public Task<ImmutableArray<JoinRequestView>> JoinRequestsAsync() => Task.FromResult(Waiting().Reverse().ToImmutableArray());

    public async Task<MembershipView> ConfirmJoinAsync(string actorId, string requestId)
    {
        await SettleAsync();
        var (next, userId) = State.ConfirmJoin(actorId, requestId, clock.GetUtcNow(), options.Value);
        await SaveAsync(next);
        return Require(userId);
    }

    public Task DeclineJoinAsync(string actorId, string requestId) => SaveAsync(State.DeclineJoin(actorId, requestId, clock.GetUtcNow()));

    public async Task<InvitationView> RevokeInvitationAsync(string actorId, string invitationId)
    {
        var next = State.RevokeInvitation(actorId, invitationId, clock.GetUtcNow(), options.Value);
        var revoked = State.Invitations.First(i => i.Id == invitationId).View(Id);
        await SaveAsync(next);
        return revoked;
    }

    public async Task<MembershipView> SetRoleAsync(string actorId, string userId, Role role, string? projectId, KeyHandover? keys = null)
    {
        await SettleAsync();
        var next = projectId is null ? State.SetRole(actorId, userId, role) : State.SetProjectRole(actorId, userId, projectId, role);
        await ChangeAsync(actorId, userId, next, keys);
        return Require(userId);
    }

    public async Task<MembershipView> ClearProjectRoleAsync(string actorId, string userId, string projectId, KeyHandover? keys = null)
    {
        await SettleAsync();
        await ChangeAsync(actorId, userId, State.ClearProjectRole(actorId, userId, projectId), keys);
        return Require(userId);
    }

    public async Task RemoveMemberAsync(string actorId, string userId, KeyHandover? keys = null)
    {
        await SettleAsync();
        await ChangeAsync(actorId, userId, State.Remove(actorId, userId), keys);
    }

    public Task<ImmutableArray<ApiKeyView>> KeysOfAsync(string userId, Role? beyond)
    {
        var state = beyond is { } role && State.Find(userId) is { } member
            ? State with { Members = State.Members.Replace(member, member with { Role = role }) }
            : State with { Members = State.Members.RemoveAll(m => m.UserId == userId) };
        return Keys.BeyondAsync(state, userId);
    }

    private KeySettlement Keys => new(GrainFactory, Id);

    private IEnumerable<JoinRequestView> Waiting() => State.Waiting(clock.GetUtcNow()).Select(w =>
        new JoinRequestView(w.Invitation.View(Id), w.Request.Id, w.Request.UserId, w.Request.Email, w.Request.At));

    /// <summary>Writes down that somebody's rights have changed, and what goes with it, in one; then sees to their keys. What breaks off in
    /// between is taken up by the next change.</summary>
    private async Task ChangeAsync(string actorId, string userId, OrganizationState next, KeyHandover? keys)
    {
        if (next == State) return;
        if (keys?.ToUserId is { } heir) await Keys.RequireMayTakeOverAsync(next, userId, heir);
        if (next.Find(userId)?.Covers(State.Find(userId)!) != true)
            next = next.WithLess(userId, new UnsettledKeys(userId, keys?.ToUserId, actorId, keys?.Address), clock.GetUtcNow(), options.Value);
        await SaveAsync(next);
        await SettleAsync();
    }

    private async Task SettleAsync()
    {
        foreach (var unsettled in State.Unsettled)
        {
            await Keys.SettleAsync(State, unsettled);
            await SaveAsync(State.Settled(unsettled));
        }
    }

    private MembershipView Require(string userId) => State.Find(userId)?.View(Id) ?? throw Failure.NotFound();

    private void RequireExists()
    {
        if (!State.Exists) throw Failure.NotFound();
    }

    private Task SaveAsync(OrganizationState next) => next == State ? Task.CompletedTask : stored.SaveAsync(next);
}
