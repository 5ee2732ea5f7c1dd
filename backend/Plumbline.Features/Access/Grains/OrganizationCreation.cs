using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;

namespace Plumbline.Features.Access.Grains;

/// <summary>Makes organizations.</summary>
internal sealed class OrganizationCreation(IGrainFactory grains)
{
    private const int SlugAttempts = 50;

    /// <summary>Makes an organization. A slug that was asked for must be free; one made from the name gets a number if need be. The same
    /// request again ends what it began.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(string? name, string? slug, string? ownerId, RequestKey? request)
    {
        var shown = DisplayName.Require(name, "an organization");
        if (ownerId is not null) await RequireRoomAsync(ownerId);
        if (await MadeAsync(request) is { } made) slug = made.Slug;
        if (slug is not null)
            return await TryAsync(Slug.Require(slug), shown, ownerId, request) ?? throw Failure.Conflict($"The slug '{slug}' is taken. Choose another.");
        for (var number = 1; number <= SlugAttempts; number++)
            if (await TryAsync(Slug.Numbered(Slug.From(shown), number), shown, ownerId, request) is { } id) return id;
        throw Failure.Conflict("Many organizations have this name. Choose a slug.");
    }

    private async Task<OrganizationView?> MadeAsync(RequestKey? request) =>
        request is null ? null : await grains.GetGrain<IOrganizationGrain>(request.Id).FindAsync();

    private async Task<string?> TryAsync(string slug, string name, string? ownerId, RequestKey? request)
    {
        var id = await grains.GetGrain<IOrganizationSlugGrain>(slug).CreateAsync(new NewOrganization(slug, name, ownerId) { Request = request });
        if (id is null) return null;
        CallScope.Admit(id);
        if (ownerId is not null) await grains.GetGrain<IUserGrain>(ownerId).RememberOrganizationAsync(id);
        return id;
    }

    private async Task RequireRoomAsync(string ownerId)
    {
        if (await grains.GetGrain<IUserGrain>(ownerId).FindAsync() is null) throw Failure.NotFound();
    }
}
