using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Accepts invitations, for people who are signed in and for people who have no account yet.</summary>
internal sealed class Joining(IGrainFactory grains, Accounts accounts, PasswordSignIn known, Sessions sessions, IAuditLog audit)
{
    /// <summary>The invitation that a link opens, or opened a short while ago; else null.</summary>
    public async Task<(InvitationView Invitation, OrganizationView Organization)?> FindAsync(string? tokenText)
    {
        if (!InvitationToken.TryParse(tokenText, out var token)) return null;
        var organization = grains.GetGrain<IOrganizationGrain>(token.Organization);
        var invitation = await organization.FindInvitationAsync(token.InvitationId, token.SecretHash);
        return invitation is null || await organization.FindAsync() is not { } view ? null : (invitation, view);
    }

    /// <summary>Makes an account of the invitation's address, and a member of it; starts a session. The answer is the same whoever else has an account of
    /// this address: they are other accounts. An invitation makes one, however many join at once. May be repeated when the answer was lost: whoever made the
    /// account has its password.</summary>
    public async Task<StartedSession> JoinAsync(string? tokenText, string? name, string? email, string? password, Client client)
    {
        var (invitation, _) = await FindAsync(tokenText) ?? throw InvitationToken.NotOpen();
        if (email is not null && !IsSame(email, invitation.Email)) throw Another(invitation);
        var address = EmailAddress.Require(invitation.Email);
        var user = new NewUser(address, DisplayName.Require(name, "a person"), await known.HashAsync(address, password));
        var userId = await RegisterAsync(invitation, user, password, client);
        await AcceptAsync(tokenText, new Caller { UserId = userId, Address = client.Address }, CancellationToken.None);
        return await sessions.StartAsync(userId);
    }

    /// <summary>Makes the signed-in person a member, if the invitation is for their address.</summary>
    public async Task<OrganizationView> AcceptAsync(string? tokenText, Caller caller, CancellationToken cancellationToken)
    {
        var (token, invitation, joiner) = await RequireAsync(tokenText, caller);
        if (invitation.AcceptedById is { } other && other != joiner.UserId) throw InvitationToken.NotOpen();
        var organization = grains.GetGrain<IOrganizationGrain>(token.Organization);
        var isTheirs = IsSame(joiner.Email, invitation.Email);
        if (isTheirs && invitation.AcceptedById is null) await accounts.RequireNoNamesakeAsync(token.Organization, joiner.Email, joiner.UserId);
        // Whoever is not let in is not to have it among their organizations; a member has it there.
        if (isTheirs || invitation.AcceptedById is not null)
            await grains.GetGrain<IUserGrain>(joiner.UserId).RememberOrganizationAsync(token.Organization);
        var joined = await organization.JoinAsync(token.InvitationId, token.SecretHash, joiner);
        CallScope.Admit(token.Organization);
        if (joined.ByThis) await WriteAsync(AuditActions.MemberJoined, token, joiner, caller, cancellationToken);
        return await organization.FindAsync() ?? throw Failure.NotFound();
    }

    /// <summary>Asks for the signed-in person to be let in by an invitation that is for another address.</summary>
    public async Task<JoinRequestView> AskAsync(string? tokenText, Caller caller, CancellationToken cancellationToken)
    {
        var (token, _, joiner) = await RequireAsync(tokenText, caller);
        // Whoever asks is let into nothing: only what this does is done for the organization.
        using var scope = CallScope.For(token.Organization);
        var request = await grains.GetGrain<IOrganizationGrain>(token.Organization).AskToJoinAsync(token.InvitationId, token.SecretHash, joiner);
        await WriteAsync(AuditActions.JoinRequested, token, joiner, caller, cancellationToken);
        return request;
    }

    private async Task<(InvitationToken Token, InvitationView Invitation, Joiner Joiner)> RequireAsync(string? tokenText, Caller caller)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        if (caller.UserId is not { } userId) throw Failure.Forbidden("An API key cannot accept an invitation; sign in.");
        if (!InvitationToken.TryParse(tokenText, out var token) || await FindAsync(tokenText) is not var (invitation, _)) throw InvitationToken.NotOpen();
        var user = await grains.GetGrain<IUserGrain>(userId).FindAsync() ?? throw Failure.Unauthenticated();
        return (token, invitation, new Joiner(userId, user.Email));
    }

    private ValueTask WriteAsync(string action, InvitationToken token, Joiner joiner, Caller caller, CancellationToken cancellationToken) => audit.AppendAsync(
        token.Organization, AuditEntry.By(caller, action, NodeId.Format(NodeKinds.User, joiner.UserId)) with { Once = token.InvitationId }, cancellationToken);

    private static bool IsSame(string email, string other) =>
        EmailAddress.TryNormalize(email) is { } normalized && normalized == EmailAddress.TryNormalize(other);

    private static RequestFailedException Another(InvitationView invitation) => invitation.AcceptedById is not null
        ? InvitationToken.NotOpen()
        : Failure.Forbidden(
            "This invitation is for another e-mail address. Leave the address out to make an account of the one that was invited, or sign in with your own "
                + "account and ask to be let in.");

    /// <summary>The account that the invitation makes, or has made, for whoever has its password.</summary>
    private async Task<string> RegisterAsync(InvitationView invitation, NewUser user, string? password, Client client)
    {
        var opened = await known.FindAsync(user.Email, password, client);
        var grain = accounts.Grain(user.Email);
        if ((invitation.AcceptedById ?? await grain.FindInvitedAsync(invitation.InvitationId)) is { } made)
            return opened.Contains(made) ? made : throw InvitationToken.NotOpen();
        if (!opened.IsEmpty) throw TakenTogether();
        await accounts.RequireNoNamesakeAsync(invitation.Organization, user.Email);
        // None: it was made meanwhile, perhaps by this very request the first time.
        return await grain.RegisterInvitedAsync(user, invitation.InvitationId) ?? await RegisterAsync(invitation, user, password, client);
    }

    /// <summary>Nobody is taken into an account that may be somebody else's, nor given one that could not be told apart from it.</summary>
    private static RequestFailedException TakenTogether() => Failure.Conflict(
        "There is an account with this e-mail address and this password. If it is yours, sign in and open the link again; if not, choose another password.");
}
