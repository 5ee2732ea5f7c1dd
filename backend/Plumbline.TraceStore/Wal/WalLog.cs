using System.Buffers.Binary;
using System.Globalization;
using Plumbline.ObjectStore;

namespace Plumbline.TraceStore.Wal;

/// <summary>The object of the log that takes frames now, how it gives way to the next, and what becomes of those that nobody needs any more.</summary>
internal sealed class WalLog(IObjectStore store, string prefix, SpanStoreOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Epoch? _current;
    private Spare? _spare;
    private long _number;

    /// <summary>Whether the object that takes frames now will soon take none.</summary>
    public bool IsNearlyFull => _current is { IsNearlyFull: true };

    /// <summary>The highest number that an object has; a number is never used twice.</summary>
    public long Last { set => _number = value; }

    public static string NameOf(string prefix, long number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}/wal/{number:d10}");

    /// <summary>The number in an object's name, or null when it is none of the log.</summary>
    public static long? NumberOf(string prefix, string name) =>
        name.StartsWith(prefix + "/wal/", StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(prefix.Length + 5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Directs frames to a new object. One caller at a time.</summary>
    /// <param name="fresh">Whether it may not hold bytes of earlier objects.</param>
    /// <param name="cancellationToken">Honoured until the object is begun.</param>
    /// <returns>The object's number, and a task that completes when every frame that went to the object before has been dealt with by its writer.</returns>
    public async ValueTask<(long Number, Task Drained)> StartAsync(bool fresh, CancellationToken cancellationToken)
    {
        var number = ++_number;
        var next = await CreateAsync(number, fresh, cancellationToken).ConfigureAwait(false);
        Epoch? before;
        lock (_gate) (before, _current) = (_current, next);
        return (number, before?.CloseAsync() ?? Task.CompletedTask);
    }

    /// <summary>Makes sure that nobody has gone on to a later object meanwhile: whoever writes the log has the last one, and deletes none but earlier
    /// ones.</summary>
    /// <exception cref="AppendConflictException">Another process writes the log.</exception>
    public async ValueTask RequireLastAsync(CancellationToken cancellationToken)
    {
        await foreach (var properties in store.ListAsync(prefix + "/wal/", cancellationToken).ConfigureAwait(false))
        {
            if (NumberOf(prefix, properties.Name) > _number) throw new AppendConflictException(properties.Name, 0, properties.Length);
        }
    }

    private async ValueTask<Epoch> CreateAsync(long number, bool fresh, CancellationToken cancellationToken)
    {
        var (name, over) = (NameOf(prefix, number), fresh ? null : _spare);
        if (over is not null) _spare = null;
        try
        {
            var log = over is null
                ? await OpenNewAsync(name, cancellationToken).ConfigureAwait(false)
                : await store.OpenOverAsync(name, over.Name, cancellationToken).ConfigureAwait(false);
            return await BeginAsync(new Epoch(log, number, over is not null, clock.GetTimestamp()), number, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException) when (over is null)
        {
            // A full disk may have room for a file without content: its number is taken again, or every attempt would leave one.
            if (await store.GetPropertiesAsync(name, CancellationToken.None).ConfigureAwait(false) is null or { Length: 0 }) _number = number - 1;
            throw;
        }
    }

    private async ValueTask<IAppendObject> OpenNewAsync(string name, CancellationToken cancellationToken)
    {
        var log = await store.OpenAppendAsync(name, cancellationToken).ConfigureAwait(false);
        if (log.Length == 0) return log;
        await log.DisposeAsync().ConfigureAwait(false);
        throw new AppendConflictException(name, 0, log.Length);
    }

    private static async ValueTask<Epoch> BeginAsync(Epoch epoch, long number, CancellationToken cancellationToken)
    {
        try
        {
            var content = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(content, number);
            await epoch.AppendAsync(WalFrameType.Header, content, cancellationToken).ConfigureAwait(false);
            return epoch;
        }
        catch
        {
            await epoch.CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes a frame durably. The object is held on to until the ticket is disposed of.</summary>
    public async ValueTask<Ticket> AppendAsync(WalFrameType type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        Epoch epoch;
        lock (_gate)
        {
            epoch = _current ?? throw new ObjectDisposedException(nameof(SpanStore));
            epoch.Enter();
        }
        try
        {
            await epoch.AppendAsync(type, payload, cancellationToken).ConfigureAwait(false);
            return new Ticket(epoch);
        }
        catch
        {
            epoch.Leave();
            throw;
        }
    }

    /// <summary>Deletes the objects before a number, but for one whose room the next object takes if it is soon needed. Not beside
    /// <see cref="StartAsync"/>.</summary>
    /// <param name="first">The first object that counts.</param>
    /// <param name="all">Whether none may be kept.</param>
    /// <param name="cancellationToken">Looked at between objects.</param>
    public async ValueTask DropBeforeAsync(long first, bool all, CancellationToken cancellationToken)
    {
        if (all) _spare = null;
        await foreach (var properties in store.ListAsync(prefix + "/wal/", cancellationToken).ConfigureAwait(false))
        {
            if (NumberOf(prefix, properties.Name) is not { } number || number >= first || properties.Name == _spare?.Name) continue;
            if (!all && _spare is null && properties.Length >= options.MinSpareLogBytes && properties.Length <= options.MaxSpareLogBytes)
                _spare = new Spare(properties.Name, clock.GetTimestamp());
            else await store.DeleteAsync(properties.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether an object that nobody needs, or the rest of one in the room of the present one, has been kept for so long that it should go.</summary>
    public bool HoldsOldBytes(TimeSpan longest)
    {
        var (spare, current) = (_spare, _current);
        return (spare is not null && clock.GetElapsedTime(spare.Since) >= longest)
            || (current is { IsOver: true } && clock.GetElapsedTime(current.Since) >= longest);
    }

    public async ValueTask DisposeAsync()
    {
        Epoch? last;
        lock (_gate) (last, _current) = (_current, null);
        if (last is not null) await last.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Held while what a frame says has not yet taken effect in memory.</summary>
    internal readonly struct Ticket(Epoch epoch) : IDisposable
    {
        public void Dispose() => epoch.Leave();
    }

    private sealed record Spare(string Name, long Since);

    internal sealed class Epoch(IAppendObject log, long number, bool isOver, long since)
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _inside;
        private bool _closing;

        /// <summary>Whether bytes of an earlier object may follow its own.</summary>
        public bool IsOver => isOver;

        public long Since => since;

        public bool IsNearlyFull => log.IsNearlyFull;

        public async ValueTask AppendAsync(WalFrameType type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
            await log.AppendAsync([WalFrames.HeaderOf(number, log.Length, type, payload.Span), payload], cancellationToken).ConfigureAwait(false);

        public void Enter()
        {
            lock (_gate) _inside++;
        }

        public void Leave()
        {
            lock (_gate)
            {
                if (--_inside == 0 && _closing) _drained.TrySetResult();
            }
        }

        public async Task CloseAsync()
        {
            lock (_gate)
            {
                _closing = true;
                if (_inside == 0) _drained.TrySetResult();
            }
            await _drained.Task.ConfigureAwait(false);
            await CutAsync().ConfigureAwait(false);
            await log.DisposeAsync().ConfigureAwait(false);
        }

        // So that bytes of an object live on in the next one's room at most, and not in the one after that.
        private async ValueTask CutAsync()
        {
            if (!isOver) return;
            try
            {
                await log.TruncateAsync(log.Length).ConfigureAwait(false);
            }
            catch (ObjectStoreException)
            {
                // What follows is told from frames of this object by its checksums, and goes when the object does.
            }
        }
    }
}
