namespace Plumbline.TraceStore.Store;

/// <summary>Brings stored spans up to a later mapping of their attributes, and knows which blocks were looked at and stayed as they are.</summary>
internal sealed class Remapper(SegmentSet segments, Transformer transformer)
{
    private readonly HashSet<long> _upToDate = [];
    private long _upToDateVersion;

    /// <summary>Whether blocks may hold spans of a lower mapping version than this.</summary>
    public bool HasMappedBefore(long version)
    {
        lock (_upToDate) return MappedBefore(version).Any();
    }

    /// <summary>Passes the spans of some blocks that hold older ones through a transform.</summary>
    /// <returns>Whether there is more to do.</returns>
    public async ValueTask<bool> RemapSomeAsync(SpanTransform transform, long version, int most, CancellationToken cancellationToken)
    {
        LiveBlock[] some;
        lock (_upToDate) some = [.. MappedBefore(version).Take(most)];
        if (some.Length == 0) return false;
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the caller's turn is not for mapping blocks
        foreach (var block in some)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await transformer.TransformAsync(block, transform, cancellationToken).ConfigureAwait(false);
            lock (_upToDate) _upToDate.Add(block.Block.Id);
        }
        return HasMappedBefore(version);
    }

    // A block that was looked at and stayed as it is does not tell that it holds nothing older: it was written before blocks did.
    private IEnumerable<LiveBlock> MappedBefore(long version)
    {
        var blocks = segments.Blocks();
        if (_upToDateVersion != version) _upToDate.Clear();
        _upToDateVersion = version;
        _upToDate.IntersectWith(blocks.Select(b => b.Block.Id));
        return blocks.Where(b => (b.Block.Directory.OldestMapping ?? 0) < version && !_upToDate.Contains(b.Block.Id));
    }
}
