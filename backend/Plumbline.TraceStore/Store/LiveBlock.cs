using Plumbline.TraceStore.Blocks;

namespace Plumbline.TraceStore.Store;

/// <summary>A block among the live segments, with the traces of it that count no more. The segments' lock guards it.</summary>
internal sealed class LiveBlock(Block block, IEnumerable<int> dead)
{
    /// <summary>What was erased while the block was quarantined, until that has left the disk.</summary>
    public MissedErasures? Missed { get; set; }

    private readonly HashSet<int> _dead = [.. dead];
    private readonly Dictionary<TraceId, int> _moved = [];
    private IReadOnlySet<int>? _view;

    public Block Block => block;

    /// <summary>Traces that a newer block holds, or that were erased: they may be forgotten for good.</summary>
    public IReadOnlyCollection<int> Dead => _dead;

    /// <summary>Traces that moved to a head: until that is a block, the copies here are what a crash leaves.</summary>
    public IReadOnlyDictionary<TraceId, int> Moved => _moved;

    public int LiveTraces => block.Directory.Traces - _dead.Count - _moved.Count;

    public bool IsLive(int trace) => !View().Contains(trace);

    public void Move(TraceId id, int trace)
    {
        if (_dead.Contains(trace)) return;
        _moved[id] = trace;
        _view = null;
    }

    public void Kill(TraceId id, int trace)
    {
        _moved.Remove(id);
        if (_dead.Add(trace)) _view = null;
    }

    /// <summary>Traces that moved to a head which is a block now.</summary>
    public void Settle(IReadOnlySet<TraceId> sealedIds)
    {
        foreach (var (id, trace) in _moved.Where(m => sealedIds.Contains(m.Key)).ToArray()) Kill(id, trace);
    }

    public BlockView Snapshot() => new(block, View());

    private IReadOnlySet<int> View() => _view ??= new HashSet<int>(_dead.Concat(_moved.Values));
}
