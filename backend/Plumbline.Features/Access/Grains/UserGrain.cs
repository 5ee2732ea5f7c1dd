using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

[GrainType("user")]
internal sealed class UserGrain(
    [PersistentState("user", "grains")] IPersistentState<UserState> stored, IOptions<AccessOptions> options, TimeProvider clock) : Grain, IUserGrain
{
    public Task CreateAsync(NewUser user) => stored.State.Exists
        ? Task.CompletedTask
        : stored.SaveAsync(new UserState { Email = user.Email, Name = user.Name, PasswordHash = user.PasswordHash, CreatedAt = clock.GetUtcNow() });

    public Task<UserView?> FindAsync() => Task.FromResult(stored.State.Exists ? stored.State.View(this.GetPrimaryKeyString()) : null);

    public Task<string?> PasswordHashAsync() => Task.FromResult(stored.State.PasswordHash);

    public Task SetPasswordHashAsync(string hash) =>
        stored.State.Exists ? stored.SaveAsync(stored.State with { PasswordHash = hash }) : throw Failure.NotFound();

    public Task RememberOrganizationAsync(string organization)
    {
        var known = stored.State.Organizations;
        if (known.Contains(organization)) return Task.CompletedTask;
        if (known.Length >= options.Value.MaxOrganizationsPerUser)
            throw Failure.Conflict($"One person can be in at most {options.Value.MaxOrganizationsPerUser} organizations.");
        return stored.SaveAsync(stored.State with { Organizations = known.Add(organization) });
    }

    public Task ForgetOrganizationAsync(string organization) => stored.State.Organizations.Contains(organization)
        ? stored.SaveAsync(stored.State with { Organizations = stored.State.Organizations.Remove(organization) })
        : Task.CompletedTask;

    public Task<ImmutableArray<string>> OrganizationsAsync() => Task.FromResult(stored.State.Organizations);
}
