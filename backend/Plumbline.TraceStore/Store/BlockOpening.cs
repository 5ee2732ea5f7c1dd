using Plumbline.ObjectStore;

namespace Plumbline.TraceStore.Store;

/// <summary>Opens the blocks that the manifest names, and takes those back that could not be read for a time.</summary>
internal sealed class BlockOpening(SegmentSet segments, Quarantine quarantine, BlockFolder folder, Takeover takeover, Ledger ledger)
{
    private readonly List<LiveBlock> _returning = [];

    /// <summary>Traces of erased users that were found in blocks which could not be read when those were erased.</summary>
    public List<TraceId> FoundLater { get; } = [];

    /// <summary>Reads the manifest and opens its blocks; those that cannot be opened are quarantined.</summary>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var manifest = await folder.LoadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var entry in manifest.Blocks)
        {
            try
            {
                Add(entry, await folder.OpenAsync(entry, cancellationToken).ConfigureAwait(false));
            }
            catch (BlockCorruptedException e)
            {
                quarantine.Add(entry, e);
            }
            catch (ObjectNotFoundException e)
            {
                quarantine.Add(entry, Quarantine.Missing(e));
            }
        }
        takeover.Found(manifest);
        ledger.Found(manifest);
    }

    /// <summary>Takes back the blocks that can be read again, once the log was replayed without them, as it was written.</summary>
    public async ValueTask TakeBackAsync()
    {
        foreach (var block in _returning)
        {
            block.Missed = quarantine.Release(block.Block.Name).Missed;
            segments.Add(block);
            await TakeBackAsync(block).ConfigureAwait(false);
        }
        _returning.Clear();
    }

    private void Add(ManifestBlock entry, LiveBlock opened)
    {
        if (entry.Missed is null)
        {
            segments.Add(opened);
            return;
        }
        _returning.Add(opened);
        quarantine.Hold(opened.Block.Name, entry);
    }

    private async ValueTask TakeBackAsync(LiveBlock block)
    {
        try
        {
            FoundLater.AddRange(await ReturnedBlock.TakeBackAsync(segments, block).ConfigureAwait(false));
            ledger.NoteErasure();
        }
        catch (BlockCorruptedException e)
        {
            segments.Exclude(e);
        }
    }
}
