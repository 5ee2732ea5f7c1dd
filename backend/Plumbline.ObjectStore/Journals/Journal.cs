using System.Text.Json;

namespace Plumbline.ObjectStore.Journals;

/// <summary>State kept as a log of typed events with snapshots now and then. Appending costs the events, not the state; opening replays.</summary>
/// <remarks>One writer owns a journal. A second one that opens it fences the first off with its first append: the loser's next append throws
/// <see cref="AppendConflictException"/> or <see cref="PreconditionFailedException"/>, has no effect, and the loser must open the journal again.</remarks>
public sealed class Journal<TState, TEvent> : IAsyncDisposable
    where TState : class, IJournaledState<TEvent>, new()
{
    private readonly IObjectStore _store;
    private readonly JournalNames _names;
    private readonly JournalOptions _options;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IAppendObject? _segment;
    private string? _snapshotTag;
    private long _snapshotLength;
    private long _bytesSinceSnapshot;
    private string? _nextSegment;
    private JournalReplay<TState, TEvent>? _unopened;

    private Journal(IObjectStore store, JournalNames names, JournalOptions options, JournalReplay<TState, TEvent> replay, IAppendObject? segment)
    {
        (_store, _names, _options, _segment) = (store, names, options, segment);
        if (segment is null && replay.Exists) _unopened = replay;
        else if (segment is null) _nextSegment = replay.OpenSegment;
        (State, Version, _snapshotTag, _snapshotLength, _bytesSinceSnapshot) = (
            replay.State, replay.Version, replay.SnapshotTag, replay.SnapshotLength, replay.LogBytes);
        TornBytes = replay.ReadLength - replay.WholeLength;
    }

    /// <summary>The sum of all events so far. Changed by <see cref="AppendAsync"/> only.</summary>
    public TState State { get; }

    /// <summary>How many events there have been.</summary>
    public long Version { get; private set; }

    /// <summary>Bytes that opening cut off the end: the rest of an append that nobody was told of.</summary>
    public long TornBytes { get; }

    /// <summary>Opens the journal of that name; replays it and cuts off a torn tail, on a medium that takes no writes with the first append
    /// that can be. One that does not exist is empty, and begins to exist with its first append.</summary>
    /// <exception cref="JournalCorruptedException">It was damaged.</exception>
    public static async Task<Journal<TState, TEvent>> OpenAsync(
        IObjectStore store, string name, JournalOptions? options = null, CancellationToken cancellationToken = default)
    {
        var names = new JournalNames(name);
        options ??= new JournalOptions();
        var replay = new JournalReplay<TState, TEvent>(store, names, options);
        await replay.RunAsync(cancellationToken).ConfigureAwait(false);
        return new Journal<TState, TEvent>(
            store, names, options, replay,
            replay.Exists ? await TryReopenAsync(store, replay, cancellationToken).ConfigureAwait(false) : null);
    }

    /// <summary>Writes the events durably, together or not at all, then applies them to <see cref="State"/>.</summary>
    /// <param name="events">What happened, in order.</param>
    /// <param name="expectedVersion">The version the writer decided on; null does not ask.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <exception cref="JournalConflictException">The journal is at another version.</exception>
    /// <exception cref="AppendConflictException">Another writer has the journal now.</exception>
    /// <exception cref="StorageUnavailableException">Nothing was written; may be tried again.</exception>
    public async Task AppendAsync(IReadOnlyList<TEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        // These awaits come back to the caller's context: State belongs to a grain's turn, and changes and is read in turns only.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(true);
        try
        {
            if (expectedVersion is { } expected && expected != Version) throw new JournalConflictException(_names.Name, expected, Version);
            if (events.Count == 0) return;
            var payload = JsonSerializer.SerializeToUtf8Bytes(events, _options.Json);
            await WriteAsync(new JournalFrame(FrameKind.Events, Version + 1, events.Count, payload), cancellationToken).ConfigureAwait(true);
            foreach (var happened in events) State.Apply(happened);
            Version += events.Count;
            if (SnapshotIsDue) await TrySnapshotAsync().ConfigureAwait(true);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes a snapshot now, so that the next opening replays nothing. When this returns, no object of the journal holds the
    /// events before it.</summary>
    public async Task SnapshotAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(true);
        try
        {
            await WriteSnapshotAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_segment is not null) await _segment.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private bool SnapshotIsDue => _bytesSinceSnapshot >= Math.Max(_options.SnapshotAfterBytes, _snapshotLength) || _segment is { IsNearlyFull: true };

    private async Task WriteAsync(JournalFrame frame, CancellationToken cancellationToken)
    {
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        if (_nextSegment is not null) await OpenNextSegmentAsync().ConfigureAwait(false);
        ReadOnlyMemory<byte>[] buffers = [frame.Header(), frame.Payload];
        if (_segment!.Length == 0) buffers = [JournalFrame.Magic.ToArray(), .. buffers];
        await _segment.AppendAsync(buffers, cancellationToken).ConfigureAwait(false);
        _bytesSinceSnapshot += frame.Length;
    }

    /// <summary>The events are safe already: a snapshot that does not succeed is tried again at the next append.</summary>
    private async Task TrySnapshotAsync()
    {
        try
        {
            await WriteSnapshotAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectStoreException)
        {
            // A full disk passes; a writer that was fenced off learns it from its next append.
        }
    }

    private async Task WriteSnapshotAsync(CancellationToken cancellationToken)
    {
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        var payload = JsonSerializer.SerializeToUtf8Bytes(State, _options.Json);
        var frame = new JournalFrame(FrameKind.Snapshot, Version, 0, payload);
        var condition = _snapshotTag is null ? PutCondition.Missing : PutCondition.Matches(_snapshotTag);
        _snapshotTag = await _store.PutAsync(
            _names.Snapshot, [JournalFrame.Magic.ToArray(), frame.Header(), payload], condition, cancellationToken).ConfigureAwait(false);
        (_snapshotLength, _bytesSinceSnapshot) = (frame.Length, 0);
        await StartNextSegmentAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StartNextSegmentAsync(CancellationToken cancellationToken)
    {
        var next = _names.Segment(Version + 1);
        if (next != (_nextSegment ?? _segment!.Name))
        {
            await WriteAsync(new JournalFrame(FrameKind.Seal, Version + 1, 0, default), cancellationToken).ConfigureAwait(false);
            _nextSegment = next;
            await OpenNextSegmentAsync().ConfigureAwait(false);
        }
        await JournalCleaning.DeleteObsoleteAsync(_store, _names, keepFrom: next, cancellationToken).ConfigureAwait(false);
    }

    // Nothing may follow a seal: when this fails, the next append begins with it.
    private async Task OpenNextSegmentAsync()
    {
        var opened = await _store.OpenAppendAsync(_nextSegment!, CancellationToken.None).ConfigureAwait(false);
        if (opened.Length > 0)
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw new AppendConflictException(opened.Name, 0, opened.Length);
        }
        var obsolete = _segment;
        (_segment, _nextSegment) = (opened, null);
        if (obsolete is not null) await obsolete.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EnsureOpenAsync(CancellationToken cancellationToken)
    {
        if (_unopened is null) return;
        _segment = await ReopenAsync(_store, _unopened, cancellationToken).ConfigureAwait(false);
        _unopened = null;
    }

    private static async Task<IAppendObject?> TryReopenAsync(IObjectStore store, JournalReplay<TState, TEvent> replay, CancellationToken cancellationToken)
    {
        try
        {
            return await ReopenAsync(store, replay, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            return null; // what was read can be used; the first append tries again
        }
    }

    private static async Task<IAppendObject> ReopenAsync(IObjectStore store, JournalReplay<TState, TEvent> replay, CancellationToken cancellationToken)
    {
        var segment = await store.OpenAppendAsync(replay.OpenSegment, cancellationToken).ConfigureAwait(false);
        try
        {
            if (segment.Length != replay.ReadLength) throw new AppendConflictException(segment.Name, replay.ReadLength, segment.Length);
            if (segment.Length > replay.WholeLength) await segment.TruncateAsync(replay.WholeLength, cancellationToken).ConfigureAwait(false);
            return segment;
        }
        catch
        {
            await segment.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
