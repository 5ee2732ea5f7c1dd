using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Requests;

namespace Plumbline.Features.Access.State;

/// <summary>How people come in. An invitation is worth what its maker may give at the moment when it is used.</summary>
internal sealed partial record OrganizationState
{
    /// <summary>People who may wait at one invitation, declined ones included: whoever has its link can pass it on.</summary>
    private const int MostRequests = 20;

    /// <summary>With an invitation. A new one for the same address replaces the old one, whose link stops working. The same request again
    /// gives its invitation another link: the first was never seen.</summary>
    public OrganizationState Invite(string actorId, NewInvitation invitation, DateTimeOffset now, AccessOptions options)
    {
        RequireMayGive(RequireManager(actorId), invitation.Role);
        if (Made(invitation.Request, now) is { } made)
            return this with { Invitations = Invitations.Replace(made, made with { TokenHash = invitation.TokenHash }) };
        var open = Invitations.RemoveAll(i => i.ExpiresAt <= now || i.Email == invitation.Email);
        if (open.Length >= options.MaxInvitations)
            throw Failure.Conflict($"There are {open.Length} open invitations already; wait until some are used or expire, or take some back.");
        var replaced = Invitations.Where(i => i.ExpiresAt > now && i.Email == invitation.Email);
        var added = new OpenInvitation(
            invitation.Id, invitation.Email, invitation.Role, invitation.TokenHash, now + options.InvitationLifetime,
            actorId)
        { RequestContent = invitation.Request?.Content };
        return this with { Invitations = open.Add(added), Spent = With(replaced, null, now, options) };
    }

    /// <summary>Invitations that can be used now, oldest first.</summary>
    public IEnumerable<OpenInvitation> Open(DateTimeOffset now) => Invitations.Where(i => i.ExpiresAt > now && MayStillGive(i));

    public OpenInvitation? FindInvitation(string id, string tokenHash, DateTimeOffset now) => Open(now).FirstOrDefault(i => i.Opens(id, tokenHash));

    /// <summary>The invitation by which somebody became a member a short while ago.</summary>
    public SpentInvitation? FindAccepted(string id, string tokenHash, DateTimeOffset now) =>
        Spent.FirstOrDefault(s => s.By is not null && s.At > now - AnsweredRequest.Kept && s.Invitation.Opens(id, tokenHash) && Find(s.By) is not null);

    /// <summary>Lets in whoever has the invitation's address. Nobody else, whatever link they have.</summary>
    public OrganizationState Join(string id, string tokenHash, Joiner joiner, DateTimeOffset now, AccessOptions options)
    {
        if (FindAccepted(id, tokenHash, now)?.By == joiner.UserId) return this;
        var invitation = FindInvitation(id, tokenHash, now) ?? throw SignIn.InvitationToken.NotOpen();
        if (Find(joiner.UserId) is not null) return this;
        return invitation.IsFor(joiner.Email)
            ? Admit(invitation, joiner.UserId, now, options)
            : throw Failure.Forbidden(
                "This invitation is for another e-mail address than yours. Sign in with the address that was invited, or ask to be let in with this one.");
    }

    /// <summary>With a request by somebody of another address, unless it is there.</summary>
    public OrganizationState AskToJoin(string id, string tokenHash, Joiner joiner, string requestId, DateTimeOffset now)
    {
        var invitation = FindInvitation(id, tokenHash, now) ?? throw SignIn.InvitationToken.NotOpen();
        if (Find(joiner.UserId) is not null) throw Failure.Conflict("You are a member already.");
        if (invitation.IsFor(joiner.Email)) throw Failure.Conflict("This invitation is for your address: accept it.");
        if (invitation.Requests.FirstOrDefault(r => r.UserId == joiner.UserId) is { } known)
            return known.IsDeclined ? throw Failure.Forbidden("This request was declined. Ask for an invitation of your own.") : this;
        if (invitation.Requests.Length >= MostRequests) throw Failure.Conflict("Too many people have asked by this invitation. Ask for one of your own.");
        return Replace(invitation, invitation.Requests.Add(new JoinRequest(requestId, joiner.UserId, joiner.Email, now)));
    }

    /// <summary>Requests that wait for an answer, with their invitations, oldest first.</summary>
    public IEnumerable<(OpenInvitation Invitation, JoinRequest Request)> Waiting(DateTimeOffset now) =>
        Open(now).SelectMany(i => i.Requests.Where(r => !r.IsDeclined && Find(r.UserId) is null).Select(r => (i, r))).OrderBy(w => w.r.At);

    /// <summary>Lets in whoever has asked. The actor, too, has to be one who may give the role.</summary>
    /// <returns>The next state, and who is in.</returns>
    public (OrganizationState Next, string UserId) ConfirmJoin(string actorId, string requestId, DateTimeOffset now, AccessOptions options)
    {
        var actor = RequireManager(actorId);
        if (FindConfirmed(requestId, now) is { } confirmed) return (this, confirmed);
        var (invitation, request) = RequireWaiting(requestId, now);
        RequireMayGive(actor, invitation.Role);
        return (Admit(invitation, request.UserId, now, options), request.UserId);
    }

    public OrganizationState DeclineJoin(string actorId, string requestId, DateTimeOffset now)
    {
        var actor = RequireManager(actorId);
        var (invitation, request) = RequireWaiting(requestId, now);
        RequireMayGive(actor, invitation.Role);
        return Replace(invitation, invitation.Requests.Replace(request, request with { IsDeclined = true }));
    }

    public OrganizationState RevokeInvitation(string actorId, string invitationId, DateTimeOffset now, AccessOptions options)
    {
        var actor = RequireManager(actorId);
        var invitation = Open(now).FirstOrDefault(i => i.Id == invitationId) ?? throw Failure.NotFound();
        RequireMayGive(actor, invitation.Role);
        return this with { Invitations = Invitations.Remove(invitation), Spent = With([invitation], null, now, options) };
    }

    private OrganizationState Admit(OpenInvitation invitation, string userId, DateTimeOffset now, AccessOptions options)
    {
        if (Members.Length >= options.MaxMembers) throw Failure.Conflict($"The organization has {Members.Length} members, the most it can have.");
        return this with
        {
            Members = Members.Add(new Member(userId, invitation.Role, now, MembershipSource.Invitation)),
            Invitations = Invitations.Remove(invitation),
            Spent = With([invitation], userId, now, options),
        };
    }

    private (OpenInvitation Invitation, JoinRequest Request) RequireWaiting(string requestId, DateTimeOffset now) =>
        Waiting(now).FirstOrDefault(w => w.Request.Id == requestId) is { Request: not null } found ? found : throw Failure.NotFound();

    private string? FindConfirmed(string requestId, DateTimeOffset now) => Spent.FirstOrDefault(s =>
        s.By is not null && s.At > now - AnsweredRequest.Kept && Find(s.By) is not null
        && s.Invitation.Requests.Any(r => r.Id == requestId && r.UserId == s.By))?.By;

    /// <summary>Whether whoever made an invitation may give its role now.</summary>
    private bool MayStillGive(OpenInvitation invitation) => Find(invitation.InvitedById) is { } inviter && MayGive(inviter, invitation.Role);

    private OrganizationState Replace(OpenInvitation invitation, ImmutableArray<JoinRequest> requests) =>
        this with { Invitations = Invitations.Replace(invitation, invitation with { Requests = requests }) };

    /// <summary>The open invitation that a request has made before.</summary>
    private OpenInvitation? Made(RequestKey? request, DateTimeOffset now)
    {
        if (request is null) return null;
        if (Spent.Any(s => s.Invitation.Id == request.Id))
            throw Failure.Conflict(
                "The invitation that this request made was used or taken back, or a newer one has taken its place. Invite again with a new requestId.");
        var made = Invitations.FirstOrDefault(i => i.Id == request.Id && i.ExpiresAt > now);
        if (made is not null) request.RequireSame(made.RequestContent);
        return made;
    }

    private ImmutableArray<SpentInvitation> With(IEnumerable<OpenInvitation> spent, string? by, DateTimeOffset now, AccessOptions options) =>
        [.. Spent.Where(s => s.At > now - AnsweredRequest.Kept).Concat(spent.Select(i => new SpentInvitation(i, by, now))).TakeLast(options.MaxInvitations)];
}
