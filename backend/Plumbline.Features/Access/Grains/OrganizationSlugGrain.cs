using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

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
        return id is not null && (await Organization(id).FindAsync())?.Slug == this.GetPrimaryKeyString() ? id : null;
    }

    public async Task<string?> CreateAsync(NewOrganization organization)
    {
        var id = organization.Request?.Id ?? RandomId.New();
        if (await FindAsync() is { } taken && taken != id) return null;
        if (stored.State.Organization != id) await stored.SaveAsync(new OrganizationSlugState { Organization = id });
        await Organization(id).CreateAsync(organization);
        return id;
    }

    private IOrganizationGrain Organization(string id) => GrainFactory.GetGrain<IOrganizationGrain>(id);
}
