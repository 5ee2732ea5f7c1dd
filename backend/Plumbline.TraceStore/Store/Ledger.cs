using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Store;

/// <summary>What the disk says and what it still has to: the manifest, the first log that counts, and the blocks that others have taken the place of. Used
/// while no block is replaced, see <see cref="BlockTurn"/>.</summary>
internal sealed class Ledger(SpanStoreOptions options, SegmentSet segments, Quarantine quarantine, BlockFolder folder, WalLog log)
{
    private readonly Queue<Block> _replaced = [];
    private bool _isUnsaved;

    /// <summary>The first object of the log that counts.</summary>
    public long FirstLog { get; private set; } = 1;

    /// <summary>Whether something was erased that blocks still hold.</summary>
    public bool IsPurgeDue { get; private set; }

    /// <summary>Whether objects of the log hold bytes that are due to go.</summary>
    public bool HoldsOldBytes => log.HoldsOldBytes(options.SealAge);

    /// <summary>Whether the object of the log will soon take nothing more, however little it holds.</summary>
    public bool IsLogNearlyFull => log.IsNearlyFull;

    /// <summary>Whether the log may keep nothing of what it held.</summary>
    public bool MustForget => IsPurgeDue || HoldsOldBytes;

    /// <summary>Goes on from what a manifest says.</summary>
    public void Found(Manifest manifest) => (FirstLog, IsPurgeDue) = (manifest.FirstLog, manifest.Purge);

    /// <summary>Notes that something was erased, so that the next compaction takes it off the disk, in this process or the next.</summary>
    public void NoteErasure() => IsPurgeDue = true;

    /// <summary>Says on disk that blocks hold nothing any more that was erased.</summary>
    public ValueTask PurgedAsync(CancellationToken cancellationToken)
    {
        IsPurgeDue = false;
        return SaveAsync(cancellationToken);
    }

    /// <summary>Says on disk that what an older log held is in blocks.</summary>
    public ValueTask CountFromAsync(long firstLog, CancellationToken cancellationToken)
    {
        FirstLog = firstLog;
        return SaveAsync(cancellationToken);
    }

    /// <summary>Says on disk that a block has taken the place of others, and deletes those.</summary>
    public ValueTask ReplacedAsync(IEnumerable<LiveBlock> blocks, CancellationToken cancellationToken)
    {
        _isUnsaved = true;
        foreach (var live in blocks) _replaced.Enqueue(live.Block);
        return TidyAsync(cancellationToken);
    }

    /// <summary>Does what a full disk kept from being done: whoever asks again is told that all is done when it is on disk. And says on disk which blocks
    /// are quarantined, before the log says what happens without them: a replay leaves them out then.</summary>
    public async ValueTask TidyAsync(CancellationToken cancellationToken)
    {
        if (_isUnsaved || quarantine.Saved != quarantine.Additions) await SaveAsync(cancellationToken).ConfigureAwait(false);
        for (; _replaced.TryPeek(out var block); _replaced.Dequeue()) await folder.DeleteAsync(block, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the manifest, and drops the logs that it does not count.</summary>
    public async ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        _isUnsaved = true;
        var additions = quarantine.Additions;
        await folder.SaveAsync(FirstLog, IsPurgeDue, segments.ForManifest(), cancellationToken).ConfigureAwait(false);
        await log.DropBeforeAsync(FirstLog, all: MustForget, cancellationToken).ConfigureAwait(false);
        (_isUnsaved, quarantine.Saved) = (false, additions);
    }
}
