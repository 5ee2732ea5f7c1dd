using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Plumbline.GraphQL.Transport;

/// <summary>Reserved event streams by token. A reservation that nobody opens is given up after a minute.</summary>
internal sealed class StreamConnections(TimeProvider clock)
{
    /// <summary>Reservations held at once; more are refused.</summary>
    public const int MaxReservations = 10_000;

    private static readonly TimeSpan OpenWithin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, StreamConnection> _byToken = new(StringComparer.Ordinal);

    /// <summary>A new token, or null when too many are reserved.</summary>
    public string? Reserve()
    {
        if (_byToken.Count >= MaxReservations) DropUnopened();
        if (_byToken.Count >= MaxReservations) return null;
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _byToken[token] = new StreamConnection(clock.GetUtcNow());
        return token;
    }

    public StreamConnection? Find(string token) =>
        _byToken.TryGetValue(token, out var connection) && !IsStale(connection) ? connection : null;

    public void Remove(string token)
    {
        if (_byToken.TryRemove(token, out var connection)) connection.Close();
    }

    private bool IsStale(StreamConnection connection) => connection.Events is null && clock.GetUtcNow() - connection.ReservedAt > OpenWithin;

    private void DropUnopened()
    {
        foreach (var (token, connection) in _byToken)
        {
            if (IsStale(connection)) _byToken.TryRemove(token, out _);
        }
    }
}

/// <summary>One event stream with the operations that answer on it.</summary>
internal sealed class StreamConnection(DateTimeOffset reservedAt)
{
    private readonly TaskCompletionSource<EventStream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EventStream? _events;

    public DateTimeOffset ReservedAt { get; } = reservedAt;

    public EventStream? Events => _events;

    /// <summary>Completes when the client opens the stream; operations may be sent before.</summary>
    public Task<EventStream> Opened => _opened.Task;

    public ConcurrentDictionary<string, CancellationTokenSource> Operations { get; } = new(StringComparer.Ordinal);

    /// <summary>False when it is open already.</summary>
    public bool TryAttach(EventStream events) => Interlocked.CompareExchange(ref _events, events, null) is null;

    public void Announce() => _opened.TrySetResult(_events!);

    public void Cancel(string operationId)
    {
        if (Operations.TryRemove(operationId, out var operation)) operation.Cancel();
    }

    public void Close()
    {
        _opened.TrySetCanceled();
        foreach (var operationId in Operations.Keys) Cancel(operationId);
    }
}
