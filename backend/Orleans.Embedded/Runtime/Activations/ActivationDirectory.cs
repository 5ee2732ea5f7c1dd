using System.Collections.Concurrent;
using Orleans.Runtime.Calls;
using Orleans.Runtime.Classes;

namespace Orleans.Runtime.Activations;

/// <summary>Which activation serves which grain. There is one at a time, except of stateless workers.</summary>
internal sealed class ActivationDirectory(GrainRuntime runtime, GrainClassMap classes) : IActivationOwner
{
    private readonly ConcurrentDictionary<GrainId, IDestination> _destinations = new();
    private volatile bool _closed;

    public IEnumerable<Activation> Activations => _destinations.Values.SelectMany(d => d.Activations);

    public void Deliver(GrainId target, Request request)
    {
        do
        {
            if (!_closed) continue;
            request.Fail(new OrleansMessageRejectionException($"{request.Name} was refused: the server is stopping."));
            return;
        }
        while (!_destinations.GetOrAdd(target, static (id, me) => me.Create(id), this).TryDeliver(request));
    }

    public void Ended(Activation activation, RequestList left)
    {
        if (left.Count == 0)
        {
            _destinations.TryRemove(new(activation.GrainId, activation));
            return;
        }
        var next = new Activation(runtime, this, activation.Class, activation.GrainId);
        next.Inherit(left);
        _destinations.TryUpdate(activation.GrainId, next, activation);
    }

    public void Close() => _closed = true;

    private IDestination Create(GrainId id)
    {
        var grainClass = classes.Of(id.Type);
        return grainClass.MaxWorkers > 0 ? new WorkerPool(runtime, grainClass, id) : new Activation(runtime, this, grainClass, id);
    }
}
