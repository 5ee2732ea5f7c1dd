using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Features.Access.Api;

internal sealed record AuditFilter(string? Action, string? Actor, string? ProjectId, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>An entry of the audit log: type AuditEvent.</summary>
internal sealed record AuditEventView(string Organization, AuditRecord Record)
{
    public string Id => NodeId.Format(NodeKinds.AuditEvent, $"{Organization}/{Record.EntryId}");

    public DateTimeOffset At => Record.At;

    public string Action => Record.Entry.Action;

    public string Target => Record.Entry.Target;

    public string? ProjectId => Record.Entry.Project is { } project ? NodeId.Format(NodeKinds.Project, project.ToString()) : null;

    public string? Ip => Record.Entry.Address;

    public RawJson? Detail => RawJson.FromText(Record.Entry.DetailJson);
}

[ResolversFor("AuditEvent")]
internal sealed class AuditEventResolvers
{
    /// <summary>A person's e-mail address, or a key's name.</summary>
    public async Task<string> Actor([Parent] AuditEventView entry, UserLoader users)
    {
        var actor = await users.GetAsync(entry.Record.Entry.ActorId);
        return actor.Email.Length > 0 ? actor.Email : actor.Name;
    }
}

[ResolversFor("Organization")]
internal sealed class AuditResolvers(Accounts accounts, IAccessControl access, AuditReading reading)
{
    public async Task<Connection<AuditEventView>> AuditLog(
        [Parent] OrganizationView organization, int first, string? after, AuditFilter? where, Caller caller, CancellationToken cancellationToken)
    {
        var id = organization.OrganizationId;
        var scope = await access.RequireOrganizationAsync(caller, id, Permission.ReadAudit, cancellationToken);
        var size = Connection.RequirePageSize(first);
        var records = await reading.ListAsync(
            scope, caller, await QueryAsync(where), after is null ? null : Cursor.Decode(after), size + 1, cancellationToken);
        var page = records.Take(size).Select(r => new AuditEventView(id, r)).ToArray();
        return Connection.From(page, e => Cursor.Encode(e.Record.EntryId), records.Length > size, after is not null);
    }

    private async Task<AuditQuery> QueryAsync(AuditFilter? where) => where is null ? new AuditQuery() : new AuditQuery
    {
        Action = where.Action,
        ActorIds = where.Actor is null ? null : await ActorIdsAsync(where.Actor),
        Project = where.ProjectId is null ? null : NodeId.ParseProject(where.ProjectId),
        From = where.From,
        To = where.To,
    };

    /// <summary>An actor is asked for by e-mail address or by the id of a person.</summary>
    private async Task<ImmutableArray<string>> ActorIdsAsync(string actor) =>
        NodeId.TryParse(actor, out var id) && id.Kind == NodeKinds.User ? [id.Key] : await accounts.AllAsync(actor);
}
