using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Finds people by their e-mail address, in whatever form it was kept. Nobody has proven that mail to it reaches them: an organization takes the
/// word of whoever it invited, and another one need not.</summary>
internal sealed class Accounts(IGrainFactory grains, IOrganizationDirectory organizations)
{
    /// <summary>Where attempts are counted for what is no address.</summary>
    private const string Nobody = "nobody";

    /// <summary>Everybody of an address: the one who has it from the set-up, and those whom invitations have made.</summary>
    public async Task<ImmutableArray<string>> AllAsync(string? email)
    {
        var people = await Task.WhenAll(EmailAddress.FormsKept(email).Select(kept => Grain(kept).FindAllAsync()));
        return [.. people.SelectMany(p => p)];
    }

    /// <summary>Refuses an organization a second member of one address: within it, addresses tell people apart.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: somebody else of this address is a member.</exception>
    public async Task RequireNoNamesakeAsync(string organization, string email, string? userId = null)
    {
        var others = (await AllAsync(email)).Where(p => p != userId).ToArray();
        if ((await organizations.AmongAsync(organization, others, CancellationToken.None)).Count > 0)
            throw Failure.Conflict("A member of the organization has this e-mail address already. Sign in with that account.");
    }

    /// <summary>The person who has an address from the set-up, or null.</summary>
    public async Task<string?> FindAsync(string? email)
    {
        foreach (var kept in EmailAddress.FormsKept(email))
            if (await Grain(kept).FindUserAsync() is { } userId) return userId;
        return null;
    }

    /// <summary>Where failed attempts for an address are counted, whether or not it is somebody's.</summary>
    public IEmailGrain AttemptsOf(string? email) => Grain(EmailAddress.FormsKept(email).FirstOrDefault() ?? Nobody);

    public IEmailGrain Grain(string normalized) => grains.GetGrain<IEmailGrain>(EmailAddress.GrainKey(normalized));
}
