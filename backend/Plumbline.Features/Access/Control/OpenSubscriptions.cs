using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Control;

/// <summary>What a subscription is watched by: all that are alike are asked about together.</summary>
internal readonly record struct Watched(string Credential, ProjectKey Project, Permission Permission);

/// <summary>The subscriptions that are open, by credential: so many and no more, and one question every while whether those of a credential
/// may still listen, however many they are.</summary>
internal sealed class OpenSubscriptions(IOptions<AccessOptions> options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<Watched, Watch> _watches = [];

    /// <summary>Takes a place until it is disposed of.</summary>
    /// <param name="watched">Who listens to what.</param>
    /// <param name="recheck">Throws when its caller may not listen any more. The first of those alike is asked for all.</param>
    /// <exception cref="RequestFailedException">RATE_LIMITED: the credential has as many as it may have.</exception>
    public Place Enter(Watched watched, Func<CancellationToken, ValueTask> recheck)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(watched.Credential);
            if (open >= options.Value.MaxSubscriptions)
                throw new RequestFailedException(
                    FailureCode.RateLimited,
                    $"This session or API key has {options.Value.MaxSubscriptions} subscriptions open, the most it may have. End one of them first.");
            _open[watched.Credential] = open + 1;
            if (!_watches.TryGetValue(watched, out var watch)) _watches[watched] = watch = Begin(recheck);
            watch.Users++;
            return new Place(this, watched, watch);
        }
    }

    private Watch Begin(Func<CancellationToken, ValueTask> recheck)
    {
        var watch = new Watch();
        // It outlives the request that began it.
        using (ExecutionContext.SuppressFlow()) _ = KeepAskingAsync(watch, recheck);
        return watch;
    }

    private async Task KeepAskingAsync(Watch watch, Func<CancellationToken, ValueTask> recheck)
    {
        var stop = watch.Stop.Token;
        try
        {
            while (true)
            {
                await Task.Delay(options.Value.RecheckInterval, clock, stop);
                await recheck(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception refused) // whatever it is, those who listen must hear of it
        {
            watch.Refused.TrySetException(refused);
        }
    }

    private void Leave(Watched watched, Watch watch)
    {
        lock (_gate)
        {
            if (--_open[watched.Credential] == 0) _open.Remove(watched.Credential);
            // One that has refused is not joined again, though others still hold it.
            if (--watch.Users > 0 && !watch.Refused.Task.IsCompleted) return;
            if (_watches.TryGetValue(watched, out var known) && ReferenceEquals(known, watch)) _watches.Remove(watched);
            watch.Stop.Cancel();
        }
    }

    internal sealed class Watch
    {
        public int Users { get; set; }

        public CancellationTokenSource Stop { get; } = new();

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal sealed class Place(OpenSubscriptions owner, Watched watched, Watch watch) : IDisposable
    {
        /// <summary>Fails when the caller may not listen any more.</summary>
        public Task Refused => watch.Refused.Task;

        public void Dispose() => owner.Leave(watched, watch);
    }
}
