using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Access.SignIn;

/// <summary>What the first owner fills in on the page of the owner link.</summary>
internal sealed record FirstOwner(string? Token, string? Name, string? Email, string? Password, string? Organization);

/// <inheritdoc cref="IFirstRun"/>
internal sealed class OwnerSetup(
    IGrainFactory grains, Passwords passwords, PasswordSignIn known, Sessions sessions, IAuditLog audit, IOptions<AccessOptions> options, TimeProvider clock)
    : IFirstRun
{
    private ISetupGrain Setup => grains.GetGrain<ISetupGrain>(ISetupGrain.Key);

    public async Task<OwnerLink> IssueOwnerLinkAsync(bool replaces, CancellationToken cancellationToken)
    {
        var token = Secrets.NewToken();
        var (hash, expiresAt) = (Secrets.Hash(token), clock.GetUtcNow() + options.Value.OwnerLinkLifetime);
        var issue = replaces ? new(await Setup.IssueOwnerLinkAsync(hash, expiresAt), null) : await Setup.OfferOwnerLinkAsync(hash, expiresAt);
        return new(issue.Issued ? $"/signin/link/{token}" : null, issue.OpenUntil);
    }

    public async Task InitializeAsync(FirstRunSettings settings, CancellationToken cancellationToken)
    {
        var ownerWanted = settings.OwnerEmail is not null && (await Setup.StatusAsync()).OwnerNeeded;
        await Setup.InitializeAsync(new InitialSetup
        {
            OrganizationName = settings.Organization is null ? null : DisplayName.Require(settings.Organization, "an organization"),
            ProjectName = settings.Project is null ? null : DisplayName.Require(settings.Project, "a project"),
            ApiKey = settings.ApiKey is null ? null : new InitialApiKey(Secrets.Hash(settings.ApiKey), Secrets.ShownPrefix(settings.ApiKey)),
            Owner = ownerWanted ? Owner(settings.OwnerEmail!.Split('@')[0], settings.OwnerEmail, settings.OwnerPassword) : null,
        });
    }

    /// <summary>Makes the first owner and starts their session. May be repeated when the answer was lost: then it is a sign-in with the
    /// password that was chosen.</summary>
    public async Task<StartedSession> SignInAsync(FirstOwner owner, Client client)
    {
        var tokenHash = Secrets.Hash(owner.Token ?? "");
        var userId = await Setup.IsOpenAsync(tokenHash)
            ? await Setup.MakeOwnerAsync(tokenHash, Owner(owner.Name, owner.Email, owner.Password), owner.Organization ?? "")
            : await FindMadeAsync(owner, tokenHash, client);
        var entry = new AuditEntry(userId, AuditActions.OwnerCreated, NodeId.Format(NodeKinds.User, userId)) { Address = client.Address, Once = userId };
        foreach (var organization in await grains.GetGrain<IUserGrain>(userId).OrganizationsAsync())
        {
            CallScope.Admit(organization);
            await audit.AppendAsync(organization, entry, CancellationToken.None);
        }
        return await sessions.StartAsync(userId);
    }

    private async Task<string> FindMadeAsync(FirstOwner owner, string tokenHash, Client client)
    {
        var made = await Setup.OwnerByAsync(tokenHash);
        if (made is null || !(await known.FindAsync(owner.Email, owner.Password, client)).Contains(made))
            throw new RequestFailedException(FailureCode.NotFound, "This link was used already or has expired. Start the server again for a new one.");
        return made;
    }

    private NewUser Owner(string? name, string? email, string? password) =>
        new(EmailAddress.Require(email), DisplayName.Require(name, "a person"), passwords.Hash(password));
}
