using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Organizations;

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

    public Task<ImmutableArray<InvitationView>> InvitationsAsync()
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(State.Invitations.Where(i => i.ExpiresAt > now).Reverse().Select(i => i.View(Id)).ToImmutableArray());
    }

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

    public async Task<MembershipView> AcceptAsync(string invitationId, string tokenHash, string userId)
    {
        await SaveAsync(State.Accept(invitationId, tokenHash, userId, clock.GetUtcNow(), options.Value));
        return Require(userId);
    }

    public async Task<MembershipView> SetRoleAsync(string actorId, string userId, Role role, string? projectId)
    {
        await SaveAsync(projectId is null ? State.SetRole(actorId, userId, role) : State.SetProjectRole(actorId, userId, projectId, role));
        return Require(userId);
    }

    public Task RemoveMemberAsync(string actorId, string userId) => SaveAsync(State.Remove(actorId, userId));

    private MembershipView Require(string userId) => State.Find(userId)?.View(Id) ?? throw Failure.NotFound();

    private void RequireExists()
    {
        if (!State.Exists) throw Failure.NotFound();
    }

    private Task SaveAsync(OrganizationState next) => next == State ? Task.CompletedTask : stored.SaveAsync(next);
}
