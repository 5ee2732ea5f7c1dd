using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Organizations;

/// <summary>The organization of a slug.</summary>
[GenerateSerializer, Alias("OrganizationSlugState"), Immutable]
internal sealed record OrganizationSlugState
{
    [Id(0)] public string? Organization { get; init; }
}

[GrainType("organizationslug")]
internal sealed class OrganizationSlugGrain([PersistentState("organizationslug", "grains")] IPersistentState<OrganizationSlugState> stored)
    : Grain, IOrganizationSlugGrain
{
    public async Task<string?> FindAsync()
    {
        var id = stored.State.Organization;
        return id is not null && await GrainFactory.GetGrain<IOrganizationGrain>(id).FindAsync() is not null ? id : null;
    }

    public async Task<string?> CreateAsync(NewOrganization organization)
    {
        if (await FindAsync() is not null) return null;
        var id = stored.State.Organization ?? RandomId.New();
        if (stored.State.Organization is null) await stored.SaveAsync(new OrganizationSlugState { Organization = id });
        await GrainFactory.GetGrain<IOrganizationGrain>(id).CreateAsync(organization);
        return id;
    }
}
