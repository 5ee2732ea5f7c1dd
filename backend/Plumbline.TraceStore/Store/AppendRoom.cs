using Plumbline.TraceStore.Blocks;

namespace Plumbline.TraceStore.Store;

/// <summary>Lets appends in while the head has room for them, first come first served.</summary>
/// <remarks>
/// Spans may come no faster than blocks are made. While a block is made there is room in proportion to how far it has come: appends wait often and a
/// little, and requests and the making of blocks share the processors. If all the room were there from the beginning, requests would crowd out the making of
/// the block until the head is full, and then wait for all the rest of it.
/// </remarks>
internal sealed class AppendRoom : IBlockPace
{
    private const double AtFirst = 0.25;
    private const double OnceMade = 1.5;
    private const double WithoutBlock = 3; // a compaction is in the way of the seal
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly SegmentSet _segments;
    private readonly SpanStoreOptions _options;
    private readonly TimeProvider _clock;
    private long _spans;
    private long _bytes;
    private bool _stuck;

    public AppendRoom(SegmentSet segments, SpanStoreOptions options, TimeProvider clock)
    {
        (_segments, _options, _clock) = (segments, options, clock);
        segments.Moved += LetIn;
    }

    /// <summary>Whether no blocks can be written: appends that find no room are refused at once.</summary>
    public bool Stuck
    {
        get
        {
            lock (_gate) return _stuck;
        }
        set
        {
            lock (_gate)
            {
                _stuck = value;
                if (!value) return;
                foreach (var waiter in _waiting) waiter.TrySetResult(false);
                _waiting.Clear();
            }
        }
    }

    /// <summary>Whether appends wait for room.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_gate) return _waiting.Count > 0;
        }
    }

    /// <summary>The block that is made has come nearer: there is more room.</summary>
    public void Made(double part) => _segments.NoteSealed(part);

    /// <summary>Waits for room; to be followed by <see cref="Leave"/> when true.</summary>
    /// <returns>False when there was none for <see cref="SpanStoreOptions.MaxAppendWait"/>, or when there will be none.</returns>
    public ValueTask<bool> EnterAsync(SpanBatch batch, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(batch);
        lock (_gate)
        {
            if (_waiting.Count == 0 && HasRoom()) return new(Take(batch));
            if (_stuck) return new(false);
            _waiting.AddLast(waiter);
        }
        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>The batch is in the head, or will not come.</summary>
    public void Leave(SpanBatch batch)
    {
        lock (_gate)
        {
            _spans -= batch.Count;
            _bytes -= batch.Bytes.Length;
        }
        LetIn();
    }

    private async ValueTask<bool> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            return await waiter.Task.WaitAsync(_options.MaxAppendWait, _clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return await WithdrawAsync(waiter).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (await WithdrawAsync(waiter).ConfigureAwait(false)) Leave(waiter.Batch);
            throw;
        }
    }

    // Whoever goes may have been let in at the same moment.
    private Task<bool> WithdrawAsync(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.TrySetResult(false)) _waiting.Remove(waiter);
        }
        return waiter.Task;
    }

    private void LetIn()
    {
        lock (_gate)
        {
            while (_waiting.First is { Value: var first } && HasRoom())
            {
                _waiting.RemoveFirst();
                Take(first.Batch);
                first.TrySetResult(true);
            }
        }
    }

    private bool HasRoom()
    {
        var (spans, bytes, _, sealing) = _segments.HeadSize();
        if (sealing == 0) return bytes + _bytes < _options.SealBytes * WithoutBlock;
        var made = _segments.Sealed;
        var room = made < 1 ? AtFirst + ((1 - AtFirst) * made) : OnceMade;
        return spans + _spans < _options.SealSpans * room && bytes + _bytes < _options.SealBytes * room;
    }

    private bool Take(SpanBatch batch)
    {
        _spans += batch.Count;
        _bytes += batch.Bytes.Length;
        return true;
    }

    private sealed class Waiter(SpanBatch batch) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public SpanBatch Batch => batch;
    }
}
