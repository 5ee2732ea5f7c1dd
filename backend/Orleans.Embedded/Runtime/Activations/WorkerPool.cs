using Orleans.Runtime.Calls;
using Orleans.Runtime.Classes;

namespace Orleans.Runtime.Activations;

/// <summary>The activations of one stateless worker.</summary>
internal sealed class WorkerPool(GrainRuntime runtime, GrainClass grainClass, GrainId grainId) : IDestination, IActivationOwner
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];

    public IEnumerable<Activation> Activations
    {
        get
        {
            lock (_gate) return [.. _workers];
        }
    }

    public bool TryDeliver(Request request)
    {
        lock (_gate)
        {
            var worker = Choose();
            while (!worker.TryDeliver(request))
            {
                _workers.Remove(worker);
                worker = Choose();
            }
            return true;
        }
    }

    public void Ended(Activation activation, RequestList left) => ThreadPool.UnsafeQueueUserWorkItem(
        static state =>
        {
            var (pool, activation, left) = state;
            lock (pool._gate) pool._workers.Remove(activation);
            while (left.TakeFirst() is { } request)
                if (request.TryForward()) pool.TryDeliver(request);
        },
        (this, activation, left), preferLocal: false); // not within the activation's gate: the pool's comes first

    private Activation Choose()
    {
        var best = _workers.MinBy(w => w.Load);
        if (best is not null && (best.Load == 0 || _workers.Count >= grainClass.MaxWorkers)) return best;
        var worker = new Activation(runtime, this, grainClass, grainId);
        _workers.Add(worker);
        return worker;
    }
}
