using Plumbline.ObjectStore;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Head;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Store;

/// <summary>Turns heads into blocks and small blocks into larger ones. One task at a time.</summary>
internal sealed partial class Housekeeping(
    SpanStoreOptions options, SegmentSet segments, AppendRoom room, Quarantine quarantine, BlockFolder folder, WalLog log, Takeover takeover,
    TraceStoreInstruments? instruments) : IDisposable
{
    private const int Level = 2;
    private const int FewestToCompact = 4;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<(SpanHead Head, HeadView View, long NextLog)> _frozen = [];
    private readonly List<LiveBlock> _returning = [];
    private readonly Queue<Block> _replaced = [];
    private bool _isUnsaved;
    private long _firstLog = 1;
    private bool _purgeDue;

    /// <summary>Reads the manifest and opens its blocks; those that cannot be opened are quarantined.</summary>
    /// <returns>The first object of the log that counts.</returns>
    public async ValueTask<long> LoadAsync(CancellationToken cancellationToken)
    {
        var manifest = await folder.LoadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var entry in manifest.Blocks)
        {
            try
            {
                var opened = await folder.OpenAsync(entry, cancellationToken).ConfigureAwait(false);
                if (entry.Missed is null)
                {
                    segments.Add(opened);
                    continue;
                }
                _returning.Add(opened);
                quarantine.Hold(opened.Block.Name, entry);
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
        _purgeDue = manifest.Purge;
        return _firstLog = manifest.FirstLog;
    }

    /// <summary>Traces of erased users that were found in blocks which could not be read when those were erased.</summary>
    public List<TraceId> FoundLater { get; } = [];

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

    private async ValueTask TakeBackAsync(LiveBlock block)
    {
        try
        {
            FoundLater.AddRange(await ReturnedBlock.TakeBackAsync(segments, block).ConfigureAwait(false));
            _purgeDue = true;
        }
        catch (BlockCorruptedException e)
        {
            segments.Exclude(e);
        }
    }

    /// <summary>Brings to disk what blocks that came back led to: until then a replay of the log leaves them out, and what is dropped from them would come back.</summary>
    public async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        if (segments.Returned().Length > 0) await SealAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes on disk that a user was erased, for blocks that cannot be read now.</summary>
    public async ValueTask NoteErasedUserAsync(string hash, CancellationToken cancellationToken)
    {
        if (quarantine.Count == 0) return;
        await UndisturbedAsync(async () =>
        {
            quarantine.NoteErasedUser(hash);
            await SaveAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>Whether objects of the log hold bytes that are due to go.</summary>
    public bool HoldsOldBytes => log.HoldsOldBytes(options.SealAge);

    private bool MustForget => _purgeDue || HoldsOldBytes;

    /// <summary>Notes that something was erased, so that the next compaction takes it off the disk, in this process or the next.</summary>
    public void NoteErasure() => _purgeDue = true;

    /// <summary>Runs something while no block is replaced.</summary>
    public async ValueTask<T> UndisturbedAsync<T>(Func<ValueTask<T>> action)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await takeover.EnsureAsync(CancellationToken.None).ConfigureAwait(false);
            await TidyAsync(CancellationToken.None).ConfigureAwait(false);
            return await action().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Seals the head, whatever its size, and drops the log it came from.</summary>
    /// <returns>Whether there was anything in the head.</returns>
    public ValueTask<bool> SealAsync(CancellationToken cancellationToken) => UndisturbedAsync(async () =>
    {
        if (_frozen.Count >= options.MaxSealing) await WriteFrozenAsync(cancellationToken).ConfigureAwait(false);
        var before = segments.HeadSize().Spans;
        var next = 0L;
        // The log of an erasure names what was erased, and an old one holds what may have been dropped since: they go even when there is no head.
        if (before > 0 || MustForget)
        {
            (next, var drained) = await log.StartAsync(fresh: MustForget, cancellationToken).ConfigureAwait(false);
            await drained.ConfigureAwait(false);
            if (segments.Freeze() is { } frozen) _frozen.Enqueue((frozen, segments.ViewOf(frozen), next));
        }
        await WriteFrozenAsync(cancellationToken).ConfigureAwait(false);
        if (next > _firstLog)
        {
            segments.SettleReturned();
            (_firstLog, _isUnsaved) = (next, true);
            await SaveAsync(cancellationToken).ConfigureAwait(false);
        }
        return before > 0;
    });

    private async ValueTask WriteFrozenAsync(CancellationToken cancellationToken)
    {
        while (_frozen.TryPeek(out var head))
        {
            var begun = instruments?.BeginSeal() ?? 0;
            var (block, order) = await folder.WriteAsync(head.View, Level, room, cancellationToken).ConfigureAwait(false);
            _frozen.Dequeue();
            segments.Publish(head.Head, block, order);
            instruments?.EndSeal(begun);
            segments.SettleReturned();
            (_firstLog, _isUnsaved) = (head.NextLog, true);
            await SaveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Joins small blocks that follow each other, and rewrites blocks of which much is dead, after an erasure every block with dead traces. Blocks that turn out damaged are quarantined and stay as they are.</summary>
    /// <param name="cancellationToken">Looked at between blocks.</param>
    /// <returns>How many blocks were replaced.</returns>
    public ValueTask<int> CompactAsync(CancellationToken cancellationToken) => UndisturbedAsync(async () =>
    {
        var purge = _purgeDue;
        var replaced = 0;
        bool damaged;
        do
        {
            damaged = false;
            foreach (var group in Groups(segments.Blocks().Except(segments.Returned()), purge))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await TryRewriteAsync(group, null, cancellationToken).ConfigureAwait(false) is null) damaged = true;
                else replaced += group.Count;
            }
        }
        while (damaged); // the others of a damaged block's group form groups anew
        if (purge && segments.Returned().Length == 0)
        {
            _purgeDue = false;
            await SaveAsync(cancellationToken).ConfigureAwait(false);
        }
        return replaced;
    });

    /// <summary>Rewrites every block, span by span, save those that turn out damaged.</summary>
    /// <returns>How many spans were changed.</returns>
    public ValueTask<long> TransformAsync(SpanTransform transform, CancellationToken cancellationToken) => UndisturbedAsync(async () =>
    {
        var changed = 0L;
        foreach (var block in segments.Blocks())
        {
            cancellationToken.ThrowIfCancellationRequested();
            changed += await TryRewriteAsync([block], transform, cancellationToken).ConfigureAwait(false) ?? 0;
        }
        return changed;
    });

    /// <summary>Rewrites a group; null when a block of it was damaged, which is quarantined then.</summary>
    private async ValueTask<long?> TryRewriteAsync(List<LiveBlock> group, SpanTransform? transform, CancellationToken cancellationToken)
    {
        try
        {
            return await RewriteAsync(group, transform, cancellationToken).ConfigureAwait(false);
        }
        catch (BlockCorruptedException e)
        {
            segments.Exclude(e);
        }
        catch (ObjectNotFoundException e) when (group.Exists(b => b.Block.Name == e.ObjectName))
        {
            segments.Exclude(Quarantine.Missing(e));
        }
        return null;
    }

    private async ValueTask<long> RewriteAsync(List<LiveBlock> group, SpanTransform? transform, CancellationToken cancellationToken)
    {
        var joined = new SpanHead();
        var changed = 0L;
        foreach (var live in group) changed += await CopyAsync(live, joined, transform, cancellationToken).ConfigureAwait(false);
        if (transform is not null && changed == 0) return 0;
        var (block, order) = await folder.WriteAsync(joined.Snapshot(), Level, null, cancellationToken).ConfigureAwait(false);
        segments.Replace(group, block, order);
        instruments?.Compacted(group.Count);
        _isUnsaved = true;
        foreach (var live in group) _replaced.Enqueue(live.Block);
        await TidyAsync(cancellationToken).ConfigureAwait(false);
        return changed;
    }

    // Traces that moved to a head are copied too: a crash would leave no other copy of them.
    private static async ValueTask<long> CopyAsync(LiveBlock live, SpanHead into, SpanTransform? transform, CancellationToken cancellationToken)
    {
        var changed = 0L;
        var view = new BlockView(live.Block, new HashSet<int>(live.Dead));
        await view.LoadAsync(default, cancellationToken).ConfigureAwait(false);
        var writer = new SpanBatchWriter();
        for (var page = 0; page < live.Block.RecordPages; page++)
        {
            var (from, to) = live.Block.RowsOf(page);
            var records = await live.Block.RecordsAsync(page, cancellationToken).ConfigureAwait(false);
            for (var row = from; row < to; row++)
            {
                if (!view.LiveTraces[view.TraceOf[row]]) continue;
                if (transform is not null && transform(new SpanReader(records[row].Span), writer)) changed++;
                else writer.Add(new SpanReader(records[row].Span));
            }
            into.Insert(writer.ToBatch());
        }
        return changed;
    }

    private IEnumerable<List<LiveBlock>> Groups(IEnumerable<LiveBlock> blocks, bool purge)
    {
        var group = new List<LiveBlock>();
        var spans = 0;
        foreach (var block in blocks.OrderBy(b => b.Block.Directory.Bounds.FromUnixNano))
        {
            var directory = block.Block.Directory;
            if (directory.Spans >= options.CompactSpans / 2)
            {
                if ((purge && block.Dead.Count > 0) || block.Dead.Count * 3 > directory.Traces) yield return [block];
                continue;
            }
            if (spans + directory.Spans > options.CompactSpans && Worthwhile(group, purge)) yield return group;
            if (spans + directory.Spans > options.CompactSpans) (group, spans) = ([], 0);
            group.Add(block);
            spans += directory.Spans;
        }
        if (Worthwhile(group, purge)) yield return group;
    }

    private static bool Worthwhile(List<LiveBlock> group, bool purge) =>
        group.Count >= FewestToCompact || (purge && group.Any(b => b.Dead.Count > 0)) || group.Any(b => b.Dead.Count * 3 > b.Block.Directory.Traces);

    /// <summary>Does what a full disk kept from being done: whoever asks again is told that all is done when it is on disk. And says on disk which blocks are quarantined, before the log says what
    /// happens without them: a replay leaves them out then. Only while no block is replaced.</summary>
    public async ValueTask TidyAsync(CancellationToken cancellationToken)
    {
        if (_isUnsaved || quarantine.Saved != quarantine.Additions) await SaveAsync(cancellationToken).ConfigureAwait(false);
        for (; _replaced.TryPeek(out var block); _replaced.Dequeue()) await folder.DeleteAsync(block, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        _isUnsaved = true;
        var additions = quarantine.Additions;
        await folder.SaveAsync(_firstLog, _purgeDue, segments.ForManifest(), cancellationToken).ConfigureAwait(false);
        await log.DropBeforeAsync(_firstLog, all: MustForget, cancellationToken).ConfigureAwait(false);
        (_isUnsaved, quarantine.Saved) = (false, additions);
    }

    public void Dispose() => _turn.Dispose();
}
