namespace Plumbline.ObjectStore.Azure.Requests;

/// <summary>Tries an operation again as long as it fails for reasons that pass, with pauses that grow and differ between callers.</summary>
internal sealed class Attempts(AzureObjectStoreOptions options)
{
    private const double BytesPerSecond = 4 << 20;
    private readonly TimeProvider _clock = options.Clock;

    /// <summary>Reads: a cancelled token ends it at any time.</summary>
    public Task<T> ReadAsync<T>(string name, Func<Attempt, Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(name, isWrite: false, 0, call, cancellationToken);

    /// <summary>Writes: the token is honoured until the first attempt begins.</summary>
    /// <param name="name">The object, for messages.</param>
    /// <param name="bytes">What is sent.</param>
    /// <param name="call">One attempt. It finds out by itself what an earlier one has done, see <see cref="Attempt.MayHaveHappened"/>.</param>
    /// <param name="cancellationToken">Looked at once.</param>
    public Task<T> WriteAsync<T>(string name, long bytes, Func<Attempt, Task<T>> call, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(name, isWrite: true, bytes, call, CancellationToken.None);
    }

    /// <summary>A pause after a number of attempts: half of it is certain, half by chance.</summary>
    public Task PauseAsync(int attempts, CancellationToken cancellationToken) => Task.Delay(PauseAfter(attempts), _clock, cancellationToken);

    private async Task<T> RunAsync<T>(string name, bool isWrite, long bytes, Func<Attempt, Task<T>> call, CancellationToken cancellationToken)
    {
        var (started, mayHaveHappened) = (_clock.GetTimestamp(), false);
        for (var number = 0; ; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var timeout = new CancellationTokenSource(TimeFor(bytes), _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            TimeSpan pause;
            try
            {
                return await call(new Attempt(mayHaveHappened, more => timeout.CancelAfter(TimeFor(more)), either.Token)).ConfigureAwait(false);
            }
            catch (Exception e) when (BlobFaults.IsFault(e) && !cancellationToken.IsCancellationRequested)
            {
                mayHaveHappened |= isWrite && BlobFaults.MayHaveHappened(e);
                pause = PauseAfter(number);
                if (!BlobFaults.IsPassing(e) || _clock.GetElapsedTime(started) + pause > options.Patience)
                    throw BlobFaults.Unavailable(name, e, isWrite, mayHaveHappened);
            }
            await Task.Delay(pause, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan TimeFor(long bytes) => options.AttemptTimeout + TimeSpan.FromSeconds(bytes / BytesPerSecond);

    private TimeSpan PauseAfter(int attempts)
    {
        var mean = Math.Min(options.FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(attempts, 30)), options.LongestPause.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(mean * (0.5 + Random.Shared.NextDouble() / 2));
    }
}
