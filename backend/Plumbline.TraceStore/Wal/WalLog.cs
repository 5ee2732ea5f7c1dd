using System.Buffers.Binary;
using System.Globalization;
using Plumbline.ObjectStore;

namespace Plumbline.TraceStore;

/// <summary>The object of the log that takes frames now, and how it gives way to the next.</summary>
internal sealed class WalLog(IObjectStore store, string prefix) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Epoch? _current;
    private long _number;

    /// <summary>The highest number that an object has; a number is never used twice.</summary>
    public long Last { set => _number = value; }

    public static string NameOf(string prefix, long number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}/wal/{number:d10}");

    /// <summary>The number in an object's name, or null when it is none of the log.</summary>
    public static long? NumberOf(string prefix, string name) =>
        name.StartsWith(prefix + "/wal/", StringComparison.Ordinal) && long.TryParse(name.AsSpan(prefix.Length + 5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Directs frames to a new object. One caller at a time.</summary>
    /// <returns>The object's number, and a task that completes when every frame that went to the object before has been dealt with by its writer.</returns>
    public async ValueTask<(long Number, Task Drained)> StartAsync(CancellationToken cancellationToken)
    {
        var number = ++_number;
        var next = new Epoch(await CreateAsync(number, cancellationToken).ConfigureAwait(false));
        Epoch? before;
        lock (_gate) (before, _current) = (_current, next);
        return (number, before?.CloseAsync() ?? Task.CompletedTask);
    }

    // A full disk may have room for a file without content: its number is taken again, or every attempt would leave one.
    private async ValueTask<IAppendObject> CreateAsync(long number, CancellationToken cancellationToken)
    {
        var name = NameOf(prefix, number);
        var content = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(content, number);
        try
        {
            await store.AppendAsync(name, [WalFrames.HeaderOf(WalFrameType.Header, content), content], expectedLength: 0, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            if (await store.GetPropertiesAsync(name, CancellationToken.None).ConfigureAwait(false) is null or { Length: 0 }) _number = number - 1;
            throw;
        }
        return await store.OpenAppendAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a frame durably. The object is held on to until the ticket is disposed of.</summary>
    public async ValueTask<Ticket> AppendAsync(WalFrameType type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var header = WalFrames.HeaderOf(type, payload.Span);
        Epoch epoch;
        lock (_gate)
        {
            epoch = _current ?? throw new ObjectDisposedException(nameof(SpanStore));
            epoch.Enter();
        }
        try
        {
            await epoch.Log.AppendAsync([header, payload], cancellationToken).ConfigureAwait(false);
            return new Ticket(epoch);
        }
        catch
        {
            epoch.Leave();
            throw;
        }
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

    internal sealed class Epoch(IAppendObject log)
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _inside;
        private bool _closing;

        public IAppendObject Log => log;

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
            await log.DisposeAsync().ConfigureAwait(false);
        }
    }
}
