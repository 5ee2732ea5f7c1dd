using Plumbline.TraceStore.Store;

namespace Plumbline.TraceStore;

/// <content>Bringing stored spans up to a later mapping of their attributes.</content>
public sealed partial class SpanStore
{
    private readonly HashSet<long> _upToDate = [];
    private long _upToDateVersion;

    /// <summary>Whether blocks may hold spans of a lower mapping version than this. Their directories tell; nothing is read. What is in the head shows once it is sealed.</summary>
    public bool HasMappedBefore(long version)
    {
        lock (_upToDate) return MappedBefore(version).Any();
    }

    /// <summary>Passes the spans of some blocks that hold older ones through a transform; seals, queries and appends go on between blocks. Blocks themselves tell what is left to do, so that a crash
    /// in the middle loses nothing and whoever opens the store next goes on.</summary>
    /// <param name="transform">Must write spans of a lower version anew with at least this version, and leave the others alone.</param>
    /// <param name="version">The version that spans are brought up to.</param>
    /// <param name="most">Most blocks to look at in this call; 1 and more.</param>
    /// <param name="cancellationToken">Looked at between blocks.</param>
    /// <returns>Whether there is more to do.</returns>
    public async ValueTask<bool> RemapSomeAsync(SpanTransform transform, long version, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        LiveBlock[] some;
        lock (_upToDate) some = [.. MappedBefore(version).Take(most)];
        if (some.Length == 0) return false;
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the caller's turn is not for mapping blocks
        foreach (var block in some)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _housekeeping.TransformAsync(block, transform, cancellationToken).ConfigureAwait(false);
            lock (_upToDate) _upToDate.Add(block.Block.Id);
        }
        return HasMappedBefore(version);
    }

    // A block that was looked at and stayed as it is does not tell that it holds nothing older: it was written before blocks did.
    private IEnumerable<LiveBlock> MappedBefore(long version)
    {
        var blocks = _segments.Blocks();
        if (_upToDateVersion != version) _upToDate.Clear();
        _upToDateVersion = version;
        _upToDate.IntersectWith(blocks.Select(b => b.Block.Id));
        return blocks.Where(b => (b.Block.Directory.OldestMapping ?? 0) < version && !_upToDate.Contains(b.Block.Id));
    }
}
