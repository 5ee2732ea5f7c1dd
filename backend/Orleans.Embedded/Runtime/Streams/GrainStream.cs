using Orleans.Runtime.Activations;

namespace Orleans.Runtime.Streams;

/// <summary>The grain's side of a stream.</summary>
internal interface IGrainStream
{
    /// <summary>Whether nobody has pulled since then, in milliseconds of the process clock.</summary>
    bool IsAbandonedSince(long tickMs);

    /// <summary>Cancels the source, waits for the move it is in, and disposes it.</summary>
    Task CloseAsync(bool aborted, TimeSpan limit);
}

/// <summary>Items that were ready together, and whether more may follow.</summary>
internal readonly record struct StreamBatch<T>(T[] Items, bool Ended);

/// <summary>Reads a source in batches: what is ready, up to a number; it waits only when nothing is. All of it runs in turns of one activation.</summary>
internal sealed class GrainStream<T>(Activation activation, CancellationTokenSource cancellation) : IGrainStream
{
    private IAsyncEnumerator<T>? _source;
    private Task<bool>? _move;
    private bool _aborted;
    private bool _closed;
    private int _pulling;
    private long _lastPulledMs = Environment.TickCount64;

    public Activation Activation => activation;

    /// <summary>Follows the caller's token for as long as the stream is open.</summary>
    public CancellationTokenRegistration CallerWatch { get; set; }

    public void Open(IAsyncEnumerable<T> source)
    {
        _source = source.GetAsyncEnumerator(cancellation.Token);
        activation.Add(this);
    }

    public bool IsAbandonedSince(long tickMs) => _pulling == 0 && _lastPulledMs < tickMs;

    public async Task<StreamBatch<T>> PullAsync(int limit)
    {
        if (_closed || _aborted) throw Aborted();
        _pulling++;
        try
        {
            return await ReadAsync(limit);
        }
        catch (OperationCanceledException) when (_aborted)
        {
            throw Aborted();
        }
        finally
        {
            _pulling--;
            _lastPulledMs = Environment.TickCount64;
        }
    }

    public async Task CloseAsync(bool aborted, TimeSpan limit)
    {
        if (_closed) return;
        (_closed, _aborted) = (true, aborted);
        activation.Remove(this);
        CallerWatch.Unregister();
        await cancellation.CancelAsync();
        if (_source is null) return;
        // An iterator may not be disposed while it moves.
        if (_move is { } move) await ((Task)move).WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_move is null or { IsCompleted: true }) await _source.DisposeAsync();
    }

    private async Task<StreamBatch<T>> ReadAsync(int limit)
    {
        var items = new List<T>();
        while (items.Count < limit)
        {
            var move = _move ??= _source!.MoveNextAsync().AsTask();
            if (items.Count > 0 && !move.IsCompletedSuccessfully) break; // what is ready goes first; a failure is told by the next pull
            var moved = await move.WaitAsync(cancellation.Token);
            _move = null;
            if (!moved)
            {
                await CloseAsync(aborted: false, TimeSpan.Zero);
                return new([.. items], Ended: true);
            }
            items.Add(_source!.Current);
        }
        return new([.. items], Ended: false);
    }

    private EnumerationAbortedException Aborted() => new($"The stream of grain {activation.GrainId} ended because its activation did, or because nobody read it for long.");
}
