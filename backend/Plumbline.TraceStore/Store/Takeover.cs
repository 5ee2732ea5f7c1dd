using Plumbline.ObjectStore;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Store;

/// <summary>Making the store this process's own: fencing off whoever had it before, cutting torn tails, removing what a crash left, starting a log. As
/// long as the medium takes no writes the store is open for reading alone, and whatever wants to write tries this first.</summary>
internal sealed class Takeover(IObjectStore store, BlockFolder folder, WalLog log) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<ReplayedLog> _found = [];
    private readonly List<string> _spent = [];
    private readonly List<string> _empty = [];
    private Manifest _manifest = new();
    private volatile bool _isDone;
    private AppendConflictException? _lost;
    private bool _disposed;

    /// <summary>Whether the store may be written.</summary>
    public bool IsDone => _isDone;

    /// <summary>Notes the manifest that was read.</summary>
    public void Found(Manifest manifest) => _manifest = manifest;

    /// <summary>Notes a log all of whose frames are in blocks.</summary>
    public void FoundSpent(string name) => _spent.Add(name);

    /// <summary>Notes a log that was replayed.</summary>
    public void FoundLog(ReplayedLog log) => _found.Enqueue(log);

    /// <summary>Takes the store over, unless that is done; what was begun is gone on with.</summary>
    /// <exception cref="StorageUnavailableException">The medium takes no writes; to be tried again.</exception>
    /// <exception cref="AppendConflictException">Another process has taken it meanwhile.</exception>
    public ValueTask EnsureAsync(CancellationToken cancellationToken) => _isDone ? default : RunAsync(cancellationToken);

    /// <summary>Waits for a take-over under way; there is none after that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        _disposed = true;
        _turn.Release();
    }

    private async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SpanStore));
            if (_isDone) return;
            // For good: a later attempt would find the object that comes after that of the other.
            if (_lost is { } lost) throw new AppendConflictException(lost.ObjectName, lost.ExpectedLength, lost.ActualLength);
            // What only takes space goes first: on a full disk the rest may fit then.
            await folder.DeleteOrphansAsync(_manifest, cancellationToken).ConfigureAwait(false);
            foreach (var name in _spent) await store.DeleteAsync(name, cancellationToken: cancellationToken).ConfigureAwait(false);
            for (; _found.TryPeek(out var found); _found.Dequeue())
            {
                if (!found.IsFenced) await FenceAsync(found, cancellationToken).ConfigureAwait(false);
                if (found.IsEmpty) _empty.Add(found.Name);
            }
            await log.StartAsync(fresh: true, cancellationToken).ConfigureAwait(false);
            await log.RequireLastAsync(cancellationToken).ConfigureAwait(false);
            _isDone = true;
            await DropEmptyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AppendConflictException e)
        {
            _lost = e;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    // Or each opening of a store that nobody writes to would leave one. The new object keeps their numbers from being used again.
    private async ValueTask DropEmptyAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var name in _empty) await store.DeleteAsync(name, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException)
        {
            // They say nothing, and the next opening finds them again.
        }
    }

    // Changes the length of the object, so that whoever still has it open cannot add to it any more. For them it may end before its last byte: what
    // follows is of an earlier object.
    private async ValueTask FenceAsync(ReplayedLog found, CancellationToken cancellationToken)
    {
        var fence = found.IsOld
            ? WalFrames.OldHeaderOf(WalFrameType.Fence, default)
            : WalFrames.HeaderOf(found.Number, found.Valid, WalFrameType.Fence, default);
        var opened = await store.OpenAppendAsync(found.Name, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            if (opened.Length != found.Length && opened.Length != found.Valid) throw new AppendConflictException(found.Name, found.Length, opened.Length);
            if (found.Valid < found.Length) await opened.TruncateAsync(found.Valid, cancellationToken).ConfigureAwait(false);
            found.Length = found.Valid;
            await opened.AppendAsync(fence, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>An object of the log that was replayed.</summary>
/// <param name="Name">The object.</param>
/// <param name="Number">Its number.</param>
/// <param name="IsOld">Whether it is of version 1.</param>
/// <param name="Valid">Bytes of whole frames.</param>
internal sealed record ReplayedLog(string Name, long Number, bool IsOld, long Valid)
{
    /// <summary>Bytes of the object as far as is known.</summary>
    public required long Length { get; set; }

    /// <summary>Whether an owner after its writer has closed it, and nothing follows.</summary>
    public required bool IsFenced { get; init; }

    /// <summary>Whether it has frames that say nothing about spans.</summary>
    public required bool IsEmpty { get; init; }
}
