using System.Collections.Concurrent;
using Plumbline.Contracts.Traces;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>Stands before the storing of telemetry: counts what comes, holds it back when asked to, or fails in its place.</summary>
internal sealed class IngestGate(ITraceIngest inner) : ITraceIngest
{
    private readonly ConcurrentQueue<Held> waiting = [];
    private int passed;

    /// <summary>Requests that the transport has passed on.</summary>
    public int Passed => passed;

    /// <summary>What the next request fails with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Holds the next request.</summary>
    public Held HoldNext()
    {
        var held = new Held();
        waiting.Enqueue(held);
        return held;
    }

    public async ValueTask<IngestOutcome> IngestAsync(IngestRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref passed);
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }
        if (waiting.TryDequeue(out var held)) await held.PassAsync(request, cancellationToken);
        return await inner.IngestAsync(request, cancellationToken);
    }

    /// <summary>A request that waits.</summary>
    internal sealed class Held : IDisposable
    {
        private readonly TaskCompletionSource<IngestRequest> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The request, once it is there.</summary>
        public Task<IngestRequest> Arrived => arrived.Task;

        /// <summary>Ends when the request was told that nobody waits for it any more.</summary>
        public Task Cancelled => cancelled.Task;

        public async Task PassAsync(IngestRequest request, CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(() => cancelled.TrySetResult());
            arrived.TrySetResult(request);
            await released.Task;
        }

        public void Dispose() => released.TrySetResult();
    }
}
