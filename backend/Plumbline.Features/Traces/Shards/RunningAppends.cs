using System.Collections.Concurrent;

namespace Plumbline.Features.Traces.Shards;

/// <summary>What is being stored. Whoever waits for it knows that what comes later was checked later.</summary>
internal sealed class RunningAppends
{
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    public async Task<T> RunAsync<T>(Func<Task<T>> append)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[over.Task] = true;
        try
        {
            return await append();
        }
        finally
        {
            _running.TryRemove(over.Task, out _);
            over.SetResult();
        }
    }

    /// <summary>Over once everything is that had begun.</summary>
    public Task SettleAsync() => Task.WhenAll(_running.Keys);
}
