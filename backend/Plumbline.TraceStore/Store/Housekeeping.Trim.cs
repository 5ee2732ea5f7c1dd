namespace Plumbline.TraceStore;

/// <content>Dropping a log that says nothing any more.</content>
internal sealed partial class Housekeeping
{
    /// <summary>Drops the log when every span is in a block: then it holds erasures alone, and the manifest has their effect.</summary>
    public ValueTask<bool> TrimAsync(CancellationToken cancellationToken) => UndisturbedAsync(async () =>
    {
        if (!IsAllInBlocks()) return false;
        var (next, drained) = await log.StartAsync(cancellationToken).ConfigureAwait(false);
        await drained.ConfigureAwait(false);
        if (!IsAllInBlocks()) return false; // something came meanwhile, perhaps to the log before
        _firstLog = next;
        await SaveAsync(cancellationToken).ConfigureAwait(false);
        return true;
    });

    private bool IsAllInBlocks() => segments.HeadSize() is { Spans: 0, Sealing: 0 } && _frozen.Count == 0;
}
