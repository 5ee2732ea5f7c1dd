using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Access.Api;

/// <summary>Reads the audit log for callers. That an item was adjudicated, or sent back, tells what its reviewers said: whoever is still to
/// judge it is told of no such entry, and nothing shows that there is one. That examples were taken out of a dataset tells that there were some: entries
/// do not say of which outputs, so whoever is still to judge anything in the project is told of none.</summary>
internal sealed class AuditReading(IAccessControl access, IBlinding blinding, IBlindedItems items)
{
    private const int Chunk = 200;

    /// <summary>Entries that the caller may see, newest first.</summary>
    public async ValueTask<ImmutableArray<AuditRecord>> ListAsync(
        OrganizationScope scope, Caller caller, AuditQuery query, string? before, int limit, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<AuditRecord>(limit);
        while (true)
        {
            var records = await scope.Audit().ListAsync(query, before, Chunk);
            found.AddRange((await SeenAsync(caller, records, cancellationToken)).Take(limit - found.Count));
            if (records.Length < Chunk || found.Count == limit) return found.ToImmutable();
            before = records[^1].EntryId;
        }
    }

    /// <summary>An entry that the caller may see, or null.</summary>
    public async ValueTask<AuditRecord?> FindAsync(OrganizationScope scope, Caller caller, string entryId, CancellationToken cancellationToken) =>
        await scope.Audit().FindAsync(entryId) is { } record ? (await SeenAsync(caller, [record], cancellationToken)).FirstOrDefault() : null;

    private async ValueTask<IEnumerable<AuditRecord>> SeenAsync(Caller caller, ImmutableArray<AuditRecord> records, CancellationToken cancellationToken)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in records.Where(r => IsOfAnItem(r) || IsOfExamples(r)).GroupBy(r => r.Entry.Project!.Value))
        {
            if (await ScopeAsync(caller, project.Key, cancellationToken) is not { } scope) continue;
            var ofItems = project.Where(IsOfAnItem).ToLookup(r => r.Entry.Target, r => r.EntryId, StringComparer.Ordinal);
            var blinded = await items.AmongAsync(scope, [.. ofItems.Select(i => i.Key)], cancellationToken);
            hidden.UnionWith(blinded.SelectMany(item => ofItems[item]));
            if (project.Any(IsOfExamples) && !(await blinding.ForAsync(scope, cancellationToken)).IsEmpty)
                hidden.UnionWith(project.Where(IsOfExamples).Select(r => r.EntryId));
        }
        return records.Where(r => !hidden.Contains(r.EntryId));
    }

    /// <summary>The caller in a project, or null when it is gone, which leaves nothing to judge.</summary>
    private async ValueTask<ProjectScope?> ScopeAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        try
        {
            return await access.RequireAsync(caller, project, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Code == FailureCode.NotFound)
        {
            return null;
        }
    }

    private static bool IsOfExamples(AuditRecord record) => record.Entry is { Project: not null, Action: AuditActions.DatasetItemsRemoved };

    private static bool IsOfAnItem(AuditRecord record) =>
        record.Entry.Project is not null && NodeId.TryParse(record.Entry.Target, out var id) && id.Kind == NodeKinds.ReviewItem;
}
