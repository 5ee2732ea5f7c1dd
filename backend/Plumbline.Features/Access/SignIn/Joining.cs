using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Access.Users;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Accepts invitations, for people who are signed in and for people who have no account yet.</summary>
internal sealed class Joining(IGrainFactory grains, Accounts accounts, Passwords passwords, PasswordSignIn known, Sessions sessions, IAuditLog audit)
{
    /// <summary>The invitation that a link opens, or opened a short while ago; else null.</summary>
    public async Task<(InvitationView Invitation, OrganizationView Organization)?> FindAsync(string? tokenText)
    {
        if (!InvitationToken.TryParse(tokenText, out var token)) return null;
        var organization = grains.GetGrain<IOrganizationGrain>(token.Organization);
        var invitation = await organization.FindInvitationAsync(token.InvitationId, token.SecretHash);
        return invitation is null || await organization.FindAsync() is not { } view ? null : (invitation, view);
    }

    /// <summary>Makes an account, and a member of it; starts a session. May be repeated when the answer was lost: whoever made the account
    /// has its password.</summary>
    public async Task<StartedSession> JoinAsync(string? tokenText, string? name, string? email, string? password, Client client)
    {
        var (invitation, _) = await FindAsync(tokenText) ?? throw InvitationToken.NotOpen();
        var user = new NewUser(EmailAddress.Require(email ?? invitation.Email), DisplayName.Require(name, "a person"), passwords.Hash(password));
        var userId = invitation.AcceptedById is null
            ? await RegisterAsync(user, password, client)
            : await known.FindAsync(user.Email, password, client) ?? throw InvitationToken.NotOpen();
        await AcceptAsync(tokenText, new Caller { UserId = userId, Address = client.Address }, CancellationToken.None);
        return await sessions.StartAsync(userId);
    }

    /// <summary>Makes the signed-in person a member.</summary>
    public async Task<OrganizationView> AcceptAsync(string? tokenText, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        if (caller.UserId is not { } userId) throw Failure.Forbidden("An API key cannot accept an invitation; sign in.");
        if (!InvitationToken.TryParse(tokenText, out var token) || await FindAsync(tokenText) is not var (invitation, _)) throw InvitationToken.NotOpen();
        if (invitation.AcceptedById is { } other && other != userId) throw InvitationToken.NotOpen();
        await grains.GetGrain<IUserGrain>(userId).RememberOrganizationAsync(token.Organization);
        var organization = grains.GetGrain<IOrganizationGrain>(token.Organization);
        await organization.AcceptAsync(token.InvitationId, token.SecretHash, userId);
        CallScope.Admit(token.Organization);
        await audit.AppendAsync(
            token.Organization,
            AuditEntry.By(caller, AuditActions.MemberJoined, NodeId.Format(NodeKinds.User, userId)) with { Once = token.InvitationId },
            cancellationToken);
        return await organization.FindAsync() ?? throw Failure.NotFound();
    }

    /// <summary>A new account; or that of the address, for whoever has its password. To everybody else it is not told which of the two was wrong.</summary>
    private async Task<string> RegisterAsync(NewUser user, string? password, Client client)
    {
        if (await accounts.FindAsync(user.Email) is null)
        {
            try
            {
                return await accounts.Grain(user.Email).RegisterAsync(user);
            }
            catch (RequestFailedException taken) when (taken.Code == FailureCode.Conflict)
            {
                // It was made meanwhile, perhaps by this very request the first time.
            }
        }
        return await known.FindAsync(user.Email, password, client) ?? throw new RequestFailedException(
            FailureCode.Unauthenticated,
            "E-mail address or password is wrong. If you have an account already, sign in with it and open the link again.");
    }
}
