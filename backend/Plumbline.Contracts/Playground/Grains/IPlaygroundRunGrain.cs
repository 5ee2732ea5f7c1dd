using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Playground;

/// <summary>One run. Key: <c>organization/project/run id</c>. Callers have passed the permission check.</summary>
[Alias("IPlaygroundRunGrain")]
public interface IPlaygroundRunGrain : IGrainWithStringKey
{
    /// <summary>Starts the run and returns at once; one that was started before is returned as it is now.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: there is no such provider. RATE_LIMITED: the budget is spent, or too many runs
    /// are going on. CONFLICT: another request of the same name has started it.</exception>
    [Alias("StartAsync")]
    Task<PlaygroundRunView> StartAsync(NewPlaygroundRun run);

    /// <summary>The run as it is now; null when it was never started.</summary>
    [Alias("FindAsync"), Repeatable]
    Task<PlaygroundRunView?> FindAsync();

    /// <summary>Stops the run; a finished one stays as it is. Returns once it has stopped.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND.</exception>
    [Alias("CancelAsync")]
    Task<PlaygroundRunView> CancelAsync();

    /// <summary>Deletes the run, if it left this trace.</summary>
    /// <returns>Whether it did.</returns>
    [Alias("EraseAsync")]
    Task<bool> EraseAsync(string traceId);

    /// <summary>The text so far at once, then more as it comes, then the finished run.</summary>
    [Alias("WatchAsync"), Repeatable]
    IAsyncEnumerable<PlaygroundUpdate> WatchAsync(CancellationToken cancellationToken);
}
