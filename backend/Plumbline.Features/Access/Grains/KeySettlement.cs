using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Access.Grains;

/// <summary>Sees to the keys of people whose rights have changed, in all projects of their organization, for its grain.</summary>
internal sealed class KeySettlement(IGrainFactory grains, string organization)
{
    /// <summary>Keys that act for a person and may do more than the person may in this state of the organization.</summary>
    public async Task<ImmutableArray<ApiKeyView>> BeyondAsync(OrganizationState state, string userId)
    {
        var keys = await Task.WhenAll((await ProjectsAsync()).Select(p => Keys(p).BeyondAsync(userId, Allowed(state, userId, p))));
        return [.. keys.SelectMany(k => k)];
    }

    /// <summary>Refuses somebody to whom keys are to go that do more than they may.</summary>
    public async Task RequireMayTakeOverAsync(OrganizationState next, string userId, string toUserId)
    {
        if (toUserId == userId) throw Failure.BadInput("Keys are taken over by another member of the organization.");
        if (next.Find(toUserId) is null) throw Failure.NotFound();
        foreach (var key in await BeyondAsync(next, userId))
            if (!Allowed(next, toUserId, key.Project).MayHold(key.Scopes))
                throw Failure.Forbidden($"The key '{key.Name}' may do more than the member who is to take it over. Choose another member, or revoke it first.");
    }

    /// <summary>Passes on or revokes what a person may not do any more. Each is written into the audit log before it is done: what breaks off is
    /// done again, and written down once.</summary>
    public async Task SettleAsync(OrganizationState state, UnsettledKeys who)
    {
        foreach (var project in await ProjectsAsync())
        {
            var (allowed, toAllowed) = (Allowed(state, who.UserId, project), who.ToUserId is null ? default : Allowed(state, who.ToUserId, project));
            var beyond = await Keys(project).BeyondAsync(who.UserId, allowed);
            if (beyond.IsEmpty) continue;
            foreach (var key in beyond)
                await WriteAsync(who, key, who.ToUserId is not null && toAllowed.MayHold(key.Scopes));
            var settled = await Keys(project).SettleAsync(who.UserId, allowed, who.ToUserId, toAllowed);
            foreach (var key in settled.Revoked) await WriteAsync(who, key, isPassedOn: false);
        }
    }

    private Task WriteAsync(UnsettledKeys who, ApiKeyView key, bool isPassedOn) =>
        grains.GetGrain<IAuditGrain>(organization).AppendAsync(
            new AuditEntry(who.ActorId, isPassedOn ? AuditActions.ApiKeyTakenOver : AuditActions.ApiKeyRevoked, key.Id)
            {
                Project = key.Project,
                Address = who.Address,
                Once = $"{key.KeyId} of {who.UserId}",
            });

    private async Task<IEnumerable<ProjectKey>> ProjectsAsync() =>
        (await grains.GetGrain<IOrganizationProjectsGrain>(organization).ListAsync()).Select(p => p.Key);

    private PermissionSet Allowed(OrganizationState state, string userId, ProjectKey project) =>
        state.Find(userId)?.View(organization).PermissionsIn(project.Project) ?? PermissionSet.None;

    private IProjectApiKeysGrain Keys(ProjectKey project) => grains.GetGrain<IProjectApiKeysGrain>(project.ToString());
}
