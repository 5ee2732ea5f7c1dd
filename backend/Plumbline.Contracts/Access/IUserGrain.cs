using System.Collections.Immutable;

namespace Plumbline.Contracts.Access;

/// <summary>A person; the key is their id.</summary>
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Makes the person, unless they are there already.</summary>
    Task CreateAsync(NewUser user);

    /// <summary>The person, or null when there is none.</summary>
    Task<UserView?> FindAsync();

    /// <summary>The stored hash of the password, or null when there is no such person or no password.</summary>
    Task<string?> PasswordHashAsync();

    Task SetPasswordHashAsync(string hash);

    /// <summary>Remembers an organization to look into. The organization itself knows whether the person is a member.</summary>
    Task RememberOrganizationAsync(string organization);

    Task ForgetOrganizationAsync(string organization);

    /// <summary>Organizations the person may be a member of.</summary>
    Task<ImmutableArray<string>> OrganizationsAsync();
}

/// <summary>What a person needs to begin with.</summary>
[GenerateSerializer, Immutable]
public sealed record NewUser([property: Id(0)] string Email, [property: Id(1)] string Name, [property: Id(2)] string PasswordHash);
