using System.Security.Cryptography;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Store;

/// <summary>What was erased while a block could not be read, or dropped before its damage was on record.</summary>
internal sealed record MissedErasures
{
    /// <summary>Traces, as 32 hexadecimal digits.</summary>
    public IReadOnlyList<string> Traces { get; init; } = [];

    /// <summary>Users by <see cref="HashOf"/>: their names are not kept.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    public MissedErasures And(IEnumerable<TraceId> traces) => this with { Traces = [.. Traces.Union(traces.Select(t => t.ToString()))] };

    public MissedErasures AndUser(string hash) => this with { Users = [.. Users.Union([hash])] };

    /// <summary>SHA-256 of the name's UTF-8, in hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> user) => Convert.ToHexStringLower(SHA256.HashData(user));
}

/// <summary>Makes up for what a block missed while it was quarantined: what was erased meanwhile goes, and traces that got spans meanwhile become
/// whole.</summary>
internal static class ReturnedBlock
{
    /// <summary>Does so in memory; the block keeps note of what it missed until the next seal has it on disk.</summary>
    /// <param name="segments">Holds the block already.</param>
    /// <param name="live">The block.</param>
    /// <returns>Traces that went because of their user, whom nobody could find them by before.</returns>
    public static async ValueTask<List<TraceId>> TakeBackAsync(SegmentSet segments, LiveBlock live)
    {
        var view = live.Snapshot();
        var fields = new FieldSet();
        fields.Add(CodeField.User);
        await view.LoadAsync(fields, CancellationToken.None).ConfigureAwait(false);
        var missed = live.Missed!;
        var (erased, ofUsers) = (missed.Traces.ToHashSet(StringComparer.Ordinal), RowsOf(view, missed.Users.ToHashSet(StringComparer.Ordinal)));
        var found = new List<TraceId>();
        for (var row = 0; row < view.Traces; row++)
        {
            if (!view.LiveTraces[row]) continue;
            var id = view.TraceIds[row];
            if (ofUsers.Contains(row)) found.Add(id);
            if (ofUsers.Contains(row) || erased.Contains(id.ToString())) segments.Kill(live, id, row);
            else await segments.UniteAsync(live, id).ConfigureAwait(false);
        }
        return found;
    }

    private static HashSet<int> RowsOf(BlockView view, HashSet<string> users)
    {
        var traces = new HashSet<int>();
        if (users.Count == 0) return traces;
        var column = view.Column(CodeField.User);
        var accepted = new bool[column.Values.Count];
        for (var code = 1; code < accepted.Length; code++) accepted[code] = users.Contains(MissedErasures.HashOf(column.Values[code]));
        foreach (var row in column.Where(accepted)) traces.Add(view.TraceOf[row]);
        return traces;
    }
}
