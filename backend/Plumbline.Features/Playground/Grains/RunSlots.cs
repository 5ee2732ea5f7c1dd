using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;

namespace Plumbline.Features.Playground.Grains;

/// <summary>How many runs of each project go on in this process.</summary>
internal sealed class RunSlots(IOptions<PlaygroundOptions> options)
{
    private readonly ConcurrentDictionary<ProjectKey, int> _taken = new();

    /// <summary>Takes a slot, to be given back by disposing it.</summary>
    /// <exception cref="RequestFailedException">RATE_LIMITED: all are taken.</exception>
    public IDisposable Take(ProjectKey project)
    {
        var taken = _taken.AddOrUpdate(project, 1, static (_, n) => n + 1);
        var slot = new Slot(this, project);
        if (taken <= options.Value.MaxRunsAtOnce) return slot;
        slot.Dispose();
        throw new RequestFailedException(
            FailureCode.RateLimited,
            $"{options.Value.MaxRunsAtOnce} runs of this project are going on, the most there may be. Wait for one to end, or cancel one.");
    }

    private sealed class Slot(RunSlots slots, ProjectKey project) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0) slots._taken.AddOrUpdate(project, 0, static (_, n) => n - 1);
        }
    }
}
