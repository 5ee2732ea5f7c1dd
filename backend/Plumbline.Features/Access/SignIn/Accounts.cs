using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Finds people by their e-mail address, in whatever form it was kept.</summary>
internal sealed class Accounts(IGrainFactory grains)
{
    /// <summary>Where attempts are counted for what is no address.</summary>
    private const string Nobody = "nobody";

    /// <summary>The person of an address, or null.</summary>
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
