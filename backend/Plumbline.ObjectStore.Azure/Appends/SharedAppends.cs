using Plumbline.ObjectStore.Azure.Blobs;

namespace Plumbline.ObjectStore.Azure.Appends;

/// <summary>Appends without a handle. Those to one object that are under way at the same time share a queue, so that they do not stand in each
/// other's way.</summary>
internal sealed class SharedAppends(BlobContainer blobs)
{
    private readonly Dictionary<string, (SharedAppend Append, int Users)> _inUse = new(StringComparer.Ordinal);

    public async Task<long> AppendAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken)
    {
        var append = Enter(name);
        try
        {
            return await append.Queue.RunAsync(AppendWork.Append(buffers, expectedLength, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            Leave(name);
        }
    }

    private SharedAppend Enter(string name)
    {
        lock (_inUse)
        {
            var (append, users) = _inUse.TryGetValue(name, out var found) ? found : (new SharedAppend(blobs, name), 0);
            _inUse[name] = (append, users + 1);
            return append;
        }
    }

    private void Leave(string name)
    {
        lock (_inUse)
        {
            var (append, users) = _inUse[name];
            if (users == 1) _inUse.Remove(name);
            else _inUse[name] = (append, users - 1);
        }
    }
}

/// <summary>The appends to one object that share a queue.</summary>
internal sealed class SharedAppend
{
    private const int MostRaces = 20;
    private readonly BlobContainer _blobs;
    private readonly string _name;
    private IBlobTail? _tail;
    private bool _isKnown;

    public SharedAppend(BlobContainer blobs, string name)
    {
        (_blobs, _name) = (blobs, name);
        Queue = new AppendQueue(name, blobs.Options.BatchBytes, CommitAsync);
    }

    public AppendQueue Queue { get; }

    private async Task CommitAsync(IReadOnlyList<AppendWork> batch)
    {
        for (var races = 0; ; races++)
        {
            var isFresh = !_isKnown;
            if (isFresh) await FindAsync().ConfigureAwait(false);
            var accepted = Accept(batch, rejects: isFresh);
            if (accepted is null)
            {
                _isKnown = false; // what was known may be out of date
                continue;
            }
            if (accepted.Count == 0) return;
            try
            {
                await AppendAsync(accepted).ConfigureAwait(false);
                return;
            }
            catch (AppendConflictException) when (races < MostRaces)
            {
                _isKnown = false;
            }
            await _blobs.Attempts.PauseAsync(races, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task FindAsync()
    {
        var found = await _blobs.FindAsync(_name, CancellationToken.None).ConfigureAwait(false);
        (_tail, _isKnown) = (found is null ? null : Tails.Of(_blobs, _name, found), true);
    }

    /// <summary>Those that may be carried out, each at the length that those before it lead to; null when one may not and that is not to be told yet.</summary>
    private List<AppendWork>? Accept(IReadOnlyList<AppendWork> batch, bool rejects)
    {
        var (length, accepted) = (_tail?.Length ?? 0, new List<AppendWork>(batch.Count));
        foreach (var work in batch)
        {
            if (work.Done.IsCompleted) continue;
            if (work.ExpectedLength is { } expected && expected != length)
            {
                if (!rejects) return null;
                work.Fail(new AppendConflictException(_name, expected, _tail is null && accepted.Count == 0 ? null : length));
                continue;
            }
            accepted.Add(work);
            length += work.Size;
        }
        return accepted;
    }

    private async Task AppendAsync(List<AppendWork> accepted)
    {
        _tail ??= await CreateAsync().ConfigureAwait(false);
        var (bytes, end) = (AppendWork.Join(accepted), _tail.Length);
        if (bytes.Length > 0) await _tail.AppendAsync(bytes).ConfigureAwait(false);
        foreach (var work in accepted) work.Complete(end += work.Size);
    }

    private async Task<IBlobTail> CreateAsync()
    {
        var appender = BlobMarks.NewId();
        var (state, isNew) = await _blobs.CreateAsync(_name, appender, CancellationToken.None).ConfigureAwait(false);
        return isNew ? new AppendBlobTail(_blobs, _name, state, appender) : throw new AppendConflictException(_name, 0, state.Length);
    }
}
