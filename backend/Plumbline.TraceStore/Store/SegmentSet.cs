using Plumbline.ObjectStore;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Head;

namespace Plumbline.TraceStore.Store;

/// <summary>All segments of a store. Every trace lives whole in one of them: when a span of a trace arrives whose others are in an older segment, they
/// move to the head.</summary>
internal sealed class SegmentSet(TimeProvider clock, Quarantine quarantine)
{
    private const int TracesAtOnce = 512;
    private readonly Lock _gate = new();
    private readonly List<SpanHead> _sealing = [];
    private readonly List<LiveBlock> _blocks = [];
    private SpanHead _head = new();
    private long _headOpened;
    private double _sealed = 1;

    /// <summary>All segments as they are now.</summary>
    public List<SegmentView> Snapshot()
    {
        lock (_gate)
        {
            var views = new List<SegmentView>(_blocks.Count + 3) { _head.Snapshot() };
            foreach (var head in _sealing) views.Add(head.Snapshot());
            foreach (var block in _blocks) views.Add(block.Snapshot());
            return views;
        }
    }

    /// <summary>Rows, bytes and age of the head, and heads that wait to become blocks.</summary>
    public (int Spans, long Bytes, TimeSpan Age, int Sealing) HeadSize()
    {
        lock (_gate) return (_head.Count, _head.Bytes, _head.Count == 0 ? TimeSpan.Zero : clock.GetElapsedTime(_headOpened), _sealing.Count);
    }

    /// <summary>Whether the head holds traces whose copies in a block were found damaged: a crash would leave no other.</summary>
    public bool HasTheOnlyCopy { get; private set; }

    /// <summary>How much of the block is made that is being written; 1 when none is.</summary>
    public double Sealed
    {
        get
        {
            lock (_gate) return _sealed;
        }
    }

    /// <summary>Notes how much of the block is made that is being written.</summary>
    public void NoteSealed(double part)
    {
        lock (_gate) _sealed = Math.Max(_sealed, part);
        Moved();
    }

    /// <summary>Raised when a head is frozen, when it comes nearer to being a block, and when it becomes one.</summary>
    public Action Moved { get; set; } = () => { };

    public LiveBlock[] Blocks()
    {
        lock (_gate) return [.. _blocks];
    }

    /// <summary>Makes the spans of a batch visible.</summary>
    /// <returns>The traces that changed.</returns>
    public async ValueTask<HashSet<TraceId>> InsertAsync(SpanBatch batch)
    {
        var arriving = new HashSet<TraceId>();
        foreach (var span in batch) arriving.Add(span.TraceId);
        var changed = new HashSet<TraceId>();
        var found = new Dictionary<(long Block, TraceId Trace), StoredTrace?>();
        while (true)
        {
            List<(Block Block, TraceId Trace)> unknown;
            lock (_gate)
            {
                unknown = Unknown(arriving, found);
                if (unknown.Count == 0)
                {
                    if (_head.Count == 0) _headOpened = clock.GetTimestamp();
                    foreach (var id in arriving) BringUp(id, found);
                    _head.Insert(batch, changed);
                    return changed;
                }
            }
            foreach (var (block, id) in unknown) found[(block.Id, id)] = await FindAsync(block, id).ConfigureAwait(false);
        }
    }

    private bool IsInHead(TraceId id)
    {
        lock (_gate) return _head.Contains(id);
    }

    private List<(Block, TraceId)> Unknown(HashSet<TraceId> arriving, Dictionary<(long, TraceId), StoredTrace?> found)
    {
        var unknown = new List<(Block, TraceId)>();
        foreach (var id in arriving)
        {
            if (_head.Contains(id)) continue;
            foreach (var live in _blocks)
            {
                if (live.Block.Directory.Filter.MayContain(id) && !found.ContainsKey((live.Block.Id, id))) unknown.Add((live.Block, id));
            }
        }
        return unknown;
    }

    private void BringUp(TraceId id, Dictionary<(long, TraceId), StoredTrace?> found)
    {
        if (_head.Contains(id)) return;
        foreach (var head in _sealing)
        {
            if (head.Remove(id) is not { Count: > 0 } records) continue;
            head.Left[id] = false;
            Insert(id, records);
        }
        foreach (var live in _blocks)
        {
            if (!found.TryGetValue((live.Block.Id, id), out var stored) || stored is null || !live.IsLive(stored.Row)) continue;
            live.Move(id, stored.Row);
            Insert(id, stored.Records);
        }
    }

    private void Insert(TraceId id, List<ReadOnlyMemory<byte>> records)
    {
        var writer = new SpanBatchWriter();
        foreach (var record in records) writer.Add(new SpanReader(record.Span));
        _head.Insert(writer.ToBatch());
        _head.MovedIn.Add(id);
    }

    private async ValueTask<StoredTrace?> FindAsync(Block block, TraceId id)
    {
        try
        {
            var view = new BlockView(block, new HashSet<int>());
            var row = await view.FindAsync(id, CancellationToken.None).ConfigureAwait(false);
            if (row < 0) return null;
            var rows = new List<int>();
            view.SpansOf(row, rows);
            var records = new List<ReadOnlyMemory<byte>>();
            foreach (var span in rows) records.Add(await view.RecordAsync(span, CancellationToken.None).ConfigureAwait(false));
            return new StoredTrace(row, records);
        }
        catch (BlockCorruptedException e)
        {
            Exclude(e);
            return null;
        }
        catch (ObjectNotFoundException)
        {
            return null; // compacted meanwhile: the block that took its place is asked next
        }
    }

    /// <summary>Takes traces out of all segments. Blocks may not be replaced meanwhile.</summary>
    /// <returns>How many spans they had.</returns>
    public async ValueTask<long> EraseAsync(IReadOnlyCollection<TraceId> ids)
    {
        var found = new Dictionary<(long Block, TraceId Trace), (int Row, int Spans)>();
        foreach (var live in Blocks())
        {
            try
            {
                await FindAsync(live.Block, ids, found).ConfigureAwait(false);
            }
            catch (BlockCorruptedException e)
            {
                Exclude(e);
            }
            catch (ObjectNotFoundException e)
            {
                Exclude(Quarantine.Missing(e));
            }
        }
        lock (_gate) return ids.Sum(id => Erase(id, found));
    }

    private static async ValueTask FindAsync(Block block, IReadOnlyCollection<TraceId> ids, Dictionary<(long Block, TraceId Trace), (int Row, int Spans)> found)
    {
        var view = new BlockView(block, new HashSet<int>());
        var rows = new List<int>();
        foreach (var id in ids)
        {
            var row = await view.FindAsync(id, CancellationToken.None).ConfigureAwait(false);
            if (row < 0) continue;
            rows.Clear();
            view.SpansOf(row, rows);
            found[(block.Id, id)] = (row, rows.Count);
        }
    }

    private long Erase(TraceId id, Dictionary<(long, TraceId), (int Row, int Spans)> found)
    {
        long erased = _head.Remove(id).Count;
        foreach (var head in _sealing)
        {
            erased += head.Remove(id).Count;
            head.Left[id] = true;
        }
        foreach (var live in _blocks)
        {
            if (!found.TryGetValue((live.Block.Id, id), out var stored)) continue;
            if (live.IsLive(stored.Row)) erased += stored.Spans;
            live.Kill(id, stored.Row);
        }
        return erased;
    }

    /// <summary>Puts an empty head in the place of the present one, which waits to become a block. Null when it is empty.</summary>
    public SpanHead? Freeze()
    {
        // The next head will be about as large: it grows while appends wait, and this does not.
        var next = _head.Another();
        SpanHead frozen;
        lock (_gate)
        {
            if (_head.Count == 0) return null;
            (frozen, _head) = (_head, next);
            _headOpened = 0;
            _sealed = 0;
            _sealing.Add(frozen);
            HasTheOnlyCopy = false;
        }
        Moved();
        return frozen;
    }

    /// <summary>The view of a frozen head. The rows of its traces are computed a few at a time, so that appends get in between.</summary>
    public HeadView ViewOf(SpanHead frozen)
    {
        while (true)
        {
            lock (_gate)
            {
                if (frozen.RollUp(TracesAtOnce)) return frozen.Snapshot();
            }
        }
    }

    /// <summary>Puts a block in the place of the head it was made of.</summary>
    /// <param name="head">The head.</param>
    /// <param name="block">Its block; null when no trace of it was live.</param>
    /// <param name="order">The rows of the block's traces by id.</param>
    public void Publish(SpanHead head, Block? block, IReadOnlyDictionary<TraceId, int> order)
    {
        PutIn(head, block, order);
        Moved();
    }

    private void PutIn(SpanHead head, Block? block, IReadOnlyDictionary<TraceId, int> order)
    {
        lock (_gate)
        {
            _sealing.Remove(head);
            _sealed = 1;
            foreach (var older in _blocks) older.Settle(head.MovedIn);
            if (block is null) return;
            var live = new LiveBlock(block, []);
            foreach (var (id, erased) in head.Left)
            {
                if (!order.TryGetValue(id, out var row)) continue;
                if (erased) live.Kill(id, row);
                else live.Move(id, row);
            }
            _blocks.Add(live);
        }
    }

    public void Add(LiveBlock block)
    {
        lock (_gate) _blocks.Add(block);
    }

    /// <summary>Blocks that came back from quarantine and whose part in that is not on disk yet.</summary>
    public LiveBlock[] Returned()
    {
        lock (_gate) return [.. _blocks.Where(b => b.Missed is not null)];
    }

    /// <summary>Called when everything that returned blocks led to is in blocks, before the manifest is written.</summary>
    public void SettleReturned()
    {
        lock (_gate) _blocks.ForEach(b => b.Missed = null);
    }

    public void Kill(LiveBlock block, TraceId id, int row)
    {
        lock (_gate) block.Kill(id, row);
    }

    /// <summary>Brings the parts of a trace together when the head or another block holds one too.</summary>
    public async ValueTask UniteAsync(LiveBlock block, TraceId id)
    {
        var isInHead = IsInHead(id);
        if (!isInHead && !Array.Exists(Blocks(), b => b != block && b.Block.Directory.Filter.MayContain(id))) return;
        if (await FindAsync(block.Block, id).ConfigureAwait(false) is not { } stored) return;
        if (isInHead)
        {
            lock (_gate)
            {
                block.Move(id, stored.Row);
                Insert(id, stored.Records);
            }
            return;
        }
        var writer = new SpanBatchWriter();
        foreach (var record in stored.Records) writer.Add(new SpanReader(record.Span));
        await InsertAsync(writer.ToBatch()).ConfigureAwait(false);
    }

    /// <summary>Puts one block, or none, in the place of several.</summary>
    public void Replace(IReadOnlyCollection<LiveBlock> before, Block? after, IReadOnlyDictionary<TraceId, int> order)
    {
        lock (_gate)
        {
            var at = Math.Max(0, _blocks.FindIndex(before.Contains));
            _blocks.RemoveAll(before.Contains);
            if (after is null) return;
            var live = new LiveBlock(after, []);
            foreach (var id in before.SelectMany(b => b.Moved.Keys))
            {
                if (order.TryGetValue(id, out var row)) live.Move(id, row);
            }
            _blocks.Insert(Math.Min(at, _blocks.Count), live);
        }
    }

    /// <summary>Leaves a damaged block out of everything from now on, if it is still there.</summary>
    public void Exclude(BlockCorruptedException damage)
    {
        lock (_gate)
        {
            var live = _blocks.Find(b => b.Block.Name == damage.ObjectName);
            if (live is null) return;
            _blocks.Remove(live);
            if (live.Moved.Count > 0) HasTheOnlyCopy = true;
            quarantine.Add(Entry(live), damage);
        }
    }

    /// <summary>The blocks for the manifest, quarantined ones too.</summary>
    public ManifestBlock[] ForManifest()
    {
        lock (_gate)
        {
            return [.. _blocks.Select(Entry), .. quarantine.Entries()];
        }
    }

    private static ManifestBlock Entry(LiveBlock block) => new(block.Block.Id, block.Block.Length, [.. block.Dead.Order()]) { Missed = block.Missed };

    private sealed record StoredTrace(int Row, List<ReadOnlyMemory<byte>> Records);
}
