using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.SignIn;

namespace Plumbline.Features.Access.Api;

/// <summary>Organizations by <c>node(id)</c>.</summary>
internal sealed class OrganizationNode(IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.Organization;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireOrganizationAsync(caller, key, null, cancellationToken);
        return await scope.Members().FindAsync();
    }
}

/// <summary>People by <c>node(id)</c>: oneself, and the members of organizations in which the caller sees them.</summary>
internal sealed class UserNode(IGrainFactory grains, IOrganizationDirectory organizations) : INodeResolver
{
    public string Kind => NodeKinds.User;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } self || !RandomId.IsWellFormed(key)) return null;
        var visible = key == self || await ShareOrganizationAsync(self, key, cancellationToken);
        return visible ? await grains.GetGrain<IUserGrain>(key).FindAsync() : null;
    }

    private async Task<bool> ShareOrganizationAsync(string self, string other, CancellationToken cancellationToken)
    {
        var own = await organizations.MembershipsAsync(self, cancellationToken);
        var others = await organizations.MembershipsAsync(other, cancellationToken);
        return own.Where(m => m.SeesMembers()).Select(m => m.Organization).Intersect(others.Select(m => m.Organization), StringComparer.Ordinal).Any();
    }
}

/// <summary>Invitations by <c>node(id)</c>.</summary>
internal sealed class InvitationNode(IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.Invitation;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (key.Split('/') is not [var organization, var invitationId]) return null;
        var scope = await access.RequireOrganizationAsync(caller, organization, Permission.ManageMembers, cancellationToken);
        var open = await scope.Members().InvitationsAsync();
        return open.FirstOrDefault(i => i.InvitationId == invitationId);
    }
}

/// <summary>Requests to be let in by <c>node(id)</c>.</summary>
internal sealed class JoinRequestNode(IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.JoinRequest;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (key.Split('/') is not [var organization, var requestId]) return null;
        var scope = await access.RequireOrganizationAsync(caller, organization, Permission.ManageMembers, cancellationToken);
        return (await scope.Members().JoinRequestsAsync()).FirstOrDefault(r => r.RequestId == requestId);
    }
}

/// <summary>Entries of the audit log by <c>node(id)</c>.</summary>
internal sealed class AuditEventNode(IAccessControl access, AuditReading reading) : INodeResolver
{
    public string Kind => NodeKinds.AuditEvent;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (key.Split('/') is not [var organization, var entryId]) return null;
        var scope = await access.RequireOrganizationAsync(caller, organization, Permission.ReadAudit, cancellationToken);
        var record = await reading.FindAsync(scope, caller, entryId, cancellationToken);
        return record is null ? null : new AuditEventView(organization, record);
    }
}

/// <summary>API keys by <c>node(id)</c>.</summary>
internal sealed class ApiKeyNode(IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.ApiKey;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!ProjectKey.TrySplit(key, out var project, out var keyId)) return null;
        var scope = await access.RequireAsync(caller, project, Permission.ManageKeys, cancellationToken);
        return await scope.Keys().FindAsync(keyId);
    }
}
