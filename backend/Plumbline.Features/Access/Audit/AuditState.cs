using Plumbline.Contracts.Access;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Access.Audit;

/// <summary>All entries of an organization's audit log, oldest first. The entry numbered n is at n - 1.</summary>
internal sealed class AuditState : IJournaledState<AuditRecord>
{
    public List<AuditRecord> Records { get; init; } = [];

    public void Apply(AuditRecord happened) => Records.Add(happened);

    public AuditRecord? Find(long number) => number >= 1 && number <= Records.Count ? Records[(int)number - 1] : null;

    /// <summary>Whether what an entry names was written down since a time.</summary>
    public bool Holds(AuditEntry entry, DateTimeOffset since)
    {
        if (entry.Once is null) return false;
        for (var i = Records.Count - 1; i >= 0 && Records[i].At >= since; i--)
        {
            var known = Records[i].Entry;
            if (known.Once == entry.Once && known.Action == entry.Action && known.ActorId == entry.ActorId) return true;
        }
        return false;
    }

    /// <summary>Entries that match, newest first, from below a number on.</summary>
    public IEnumerable<AuditRecord> NewestFirst(AuditQuery query, long? before)
    {
        var start = before is { } limit ? Math.Min(limit - 1, Records.Count) : Records.Count;
        for (var i = (int)start - 1; i >= 0; i--)
            if (Matches(Records[i], query)) yield return Records[i];
    }

    private static bool Matches(AuditRecord record, AuditQuery query) =>
        (query.Action is null || record.Entry.Action == query.Action)
        && (query.ActorId is null || record.Entry.ActorId == query.ActorId)
        && (query.Project is null || record.Entry.Project == query.Project)
        && (query.From is null || record.At >= query.From)
        && (query.To is null || record.At < query.To);
}
