using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>A person; the key is their id.</summary>
[Alias("IUserGrain"), AcrossTenants]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Makes the person, unless they are there already.</summary>
    [Alias("CreateAsync")]
    Task CreateAsync(NewUser user);

    /// <summary>The person, or null when there is none.</summary>
    [Alias("FindAsync"), Repeatable]
    Task<UserView?> FindAsync();

    /// <summary>The stored hash of the password, or null when there is no such person or no password.</summary>
    [Alias("PasswordHashAsync"), Repeatable]
    Task<string?> PasswordHashAsync();

    [Alias("SetPasswordHashAsync"), Repeatable]
    Task SetPasswordHashAsync(string hash);

    /// <summary>Remembers an organization to look into. The organization itself knows whether the person is a member.</summary>
    [Alias("RememberOrganizationAsync"), Repeatable]
    Task RememberOrganizationAsync(string organization);

    [Alias("ForgetOrganizationAsync"), Repeatable]
    Task ForgetOrganizationAsync(string organization);

    /// <summary>Organizations the person may be a member of.</summary>
    [Alias("OrganizationsAsync"), Repeatable]
    Task<ImmutableArray<string>> OrganizationsAsync();
}
