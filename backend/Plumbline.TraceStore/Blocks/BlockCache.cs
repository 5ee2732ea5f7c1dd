namespace Plumbline.TraceStore.Blocks;

/// <summary>Decoded columns and pages of blocks, the least recently used of which go when there are too many bytes.</summary>
internal sealed class BlockCache(long capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(long Block, int Page), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _recent = new();
    private readonly HashSet<long> _open = [];
    private long _bytes;

    /// <summary>Bytes held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    public T? Find<T>(long block, int page) where T : class
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((block, page), out var node)) return null;
            if (!ReferenceEquals(_recent.First, node))
            {
                _recent.Remove(node);
                _recent.AddFirst(node);
            }
            return (T)node.Value.Content;
        }
    }

    public void Add(long block, int page, object content, long bytes)
    {
        lock (_gate)
        {
            // A query may go on reading a block that is gone.
            if (!_open.Contains(block) || _entries.ContainsKey((block, page))) return;
            _entries[(block, page)] = _recent.AddFirst(new Entry(block, page, content, bytes));
            _bytes += bytes;
            while (_bytes > capacity && _recent.Last is { } oldest && _recent.Count > 1) Remove(oldest);
        }
    }

    /// <summary>Lets a block's contents in.</summary>
    public void Open(long block)
    {
        lock (_gate) _open.Add(block);
    }

    /// <summary>Forgets what belongs to a block, and lets no more of it in.</summary>
    public void Drop(long block)
    {
        lock (_gate)
        {
            _open.Remove(block);
            for (var node = _recent.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Block == block) Remove(node);
                node = next;
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _recent.Remove(node);
        _entries.Remove((node.Value.Block, node.Value.Page));
        _bytes -= node.Value.Bytes;
    }

    private sealed record Entry(long Block, int Page, object Content, long Bytes);
}
