using Microsoft.Extensions.Logging;
using Plumbline.ObjectStore;

namespace Plumbline.TraceStore.Store;

/// <summary>Seals the head when it is large or old, and compacts when there is little else to do.</summary>
internal sealed partial class HousekeepingLoop(
    Sealer sealer,
    Compactor compactor,
    Ledger ledger,
    SegmentSet segments,
    AppendRoom room,
    Takeover takeover,
    SpanStoreOptions options,
    TimeProvider clock,
    ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private Task _running = Task.CompletedTask;
    private int _woken;
    private int _disposed;
    private bool _told;

    /// <summary>Takes the store over, now or as soon as that is possible, and begins.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await takeover.EnsureAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException e)
        {
            (room.Stuck, _told) = (true, true);
            LogReadOnly(e);
        }
        _timer = clock.CreateTimer(_ => Wake(), null, options.SealAge / 4, options.SealAge / 4);
        _running = Task.Run(RunAsync, CancellationToken.None);
        if (room.Stuck || segments.Returned().Length > 0) Wake();
        else Look();
    }

    /// <summary>Has a look at the head's size after an append.</summary>
    public void Look()
    {
        if (IsDue()) Wake();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
        _wake.Dispose();
    }

    private bool IsDue()
    {
        var (spans, bytes, age, _) = segments.HeadSize();
        return segments.HasTheOnlyCopy || spans >= options.SealSpans || bytes >= options.SealBytes || age >= options.SealAge || ledger.HoldsOldBytes
            || ledger.IsLogNearlyFull;
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _woken, 1) == 0) _wake.Release();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(_stop.Token).ConfigureAwait(false);
                Volatile.Write(ref _woken, 0);
                while ((IsDue() || segments.Returned().Length > 0) && await sealer.SealAsync(_stop.Token).ConfigureAwait(false)) { }
                room.Stuck = false;
                await compactor.CompactAsync(_stop.Token).ConfigureAwait(false);
                if (_told) LogBack();
                _told = false;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is PreconditionFailedException or AppendConflictException or ObjectDisposedException)
            {
                LogTakenOver(e);
                return;
            }
            catch (Exception e) when (e is ObjectStoreException)
            {
                room.Stuck = true;
                if (!_told) LogFailed(e);
                _told = true;
                if (!await PauseAsync().ConfigureAwait(false)) return;
                Wake();
            }
        }
    }

    private async ValueTask<bool> PauseAsync()
    {
        try
        {
            await Task.Delay(RetryAfter, clock, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Another process has opened this store; no more blocks are written here.")]
    private partial void LogTakenOver(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A block could not be written; its spans stay in memory and in the log, and it is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be written: it is open for reading alone, and for writing as soon as it can be.")]
    private partial void LogReadOnly(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store can be written again.")]
    private partial void LogBack();
}
