using System.Globalization;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Api;

/// <summary>Organizations by <c>node(id)</c>.</summary>
internal sealed class OrganizationNode(IGrainFactory grains, IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.Organization;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        await access.RequireOrganizationAsync(caller, key, null, cancellationToken);
        return await grains.GetGrain<IOrganizationGrain>(key).FindAsync();
    }
}

/// <summary>People by <c>node(id)</c>: oneself, and whoever shares an organization with the caller.</summary>
internal sealed class UserNode(IGrainFactory grains) : INodeResolver
{
    public string Kind => NodeKinds.User;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } self || !RandomId.IsWellFormed(key)) return null;
        var visible = key == self || await ShareOrganizationAsync(self, key);
        return visible ? await grains.GetGrain<IUserGrain>(key).FindAsync() : null;
    }

    private async Task<bool> ShareOrganizationAsync(string self, string other)
    {
        foreach (var id in await grains.GetGrain<IUserGrain>(self).OrganizationsAsync())
        {
            var organization = grains.GetGrain<IOrganizationGrain>(id);
            if (await organization.FindMemberAsync(self) is not null && await organization.FindMemberAsync(other) is not null) return true;
        }
        return false;
    }
}

/// <summary>Invitations by <c>node(id)</c>.</summary>
internal sealed class InvitationNode(IGrainFactory grains, IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.Invitation;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (key.Split('/') is not [var organization, var invitationId]) return null;
        await access.RequireOrganizationAsync(caller, organization, Permission.ManageMembers, cancellationToken);
        var open = await grains.GetGrain<IOrganizationGrain>(organization).InvitationsAsync();
        return open.FirstOrDefault(i => i.InvitationId == invitationId);
    }
}

/// <summary>Entries of the audit log by <c>node(id)</c>.</summary>
internal sealed class AuditEventNode(IGrainFactory grains, IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.AuditEvent;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (key.Split('/') is not [var organization, var number] || !long.TryParse(number, CultureInfo.InvariantCulture, out var parsed)) return null;
        await access.RequireOrganizationAsync(caller, organization, Permission.ReadAudit, cancellationToken);
        var record = await grains.GetGrain<IAuditGrain>(organization).FindAsync(parsed);
        return record is null ? null : new AuditEventView(organization, record);
    }
}

/// <summary>API keys by <c>node(id)</c>.</summary>
internal sealed class ApiKeyNode(IGrainFactory grains, IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.ApiKey;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!ProjectKey.TrySplit(key, out var project, out var keyId)) return null;
        await access.RequireAsync(caller, project, Permission.ManageKeys, cancellationToken);
        return await grains.GetGrain<IProjectApiKeysGrain>(project.ToString()).FindAsync(keyId);
    }
}
