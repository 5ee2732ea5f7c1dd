using Plumbline.Contracts.Access;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Access.State;

/// <summary>All entries of an organization's audit log, oldest first. The entry numbered n is at n - 1.</summary>
internal sealed class AuditState : IJournaledState<AuditRecord>
{
    private Dictionary<string, int>? _positions;

    public List<AuditRecord> Records { get; init; } = [];

    public void Apply(AuditRecord happened)
    {
        _positions?.TryAdd(happened.EntryId, Records.Count);
        Records.Add(happened);
    }

    public AuditRecord? Find(string entryId) => PositionOf(entryId) is { } position ? Records[position] : null;

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

    /// <summary>Entries that match, newest first, those older than one of them when it is named; none when there is no such entry.</summary>
    public IEnumerable<AuditRecord> NewestFirst(AuditQuery query, string? before)
    {
        var start = before is null ? Records.Count : PositionOf(before) ?? 0;
        for (var i = start - 1; i >= 0; i--)
            if (Matches(Records[i], query)) yield return Records[i];
    }

    private int? PositionOf(string entryId)
    {
        _positions ??= Positions();
        return _positions.TryGetValue(entryId, out var position) ? position : null;
    }

    private Dictionary<string, int> Positions()
    {
        var positions = new Dictionary<string, int>(Records.Count, StringComparer.Ordinal);
        for (var i = 0; i < Records.Count; i++) positions.TryAdd(Records[i].EntryId, i);
        return positions;
    }

    private static bool Matches(AuditRecord record, AuditQuery query) =>
        (query.Action is null || record.Entry.Action == query.Action)
        && (query.ActorId is null || record.Entry.ActorId == query.ActorId)
        && (query.ActorIds is not { } actors || actors.Contains(record.Entry.ActorId))
        && (query.Project is null || record.Entry.Project == query.Project)
        && (query.From is null || record.At >= query.From)
        && (query.To is null || record.At < query.To);
}
