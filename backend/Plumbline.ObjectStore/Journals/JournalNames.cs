namespace Plumbline.ObjectStore.Journals;

/// <summary>The names of the objects that make up a journal.</summary>
internal sealed record JournalNames(string Name)
{
    public string Snapshot => $"{Name}/snapshot";

    public string SegmentPrefix => $"{Name}/log-";

    public string Segment(long firstVersion) => $"{SegmentPrefix}{firstVersion:x16}";
}

/// <summary>Removes segments that a snapshot has made obsolete.</summary>
internal static class JournalCleaning
{
    public static async Task DeleteObsoleteAsync(IObjectStore store, JournalNames names, string keepFrom, CancellationToken cancellationToken)
    {
        await foreach (var segment in store.ListAsync(names.SegmentPrefix, cancellationToken).ConfigureAwait(false))
        {
            if (string.CompareOrdinal(segment.Name, keepFrom) < 0)
                await store.DeleteAsync(segment.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
