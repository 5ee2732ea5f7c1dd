using System.Diagnostics;
using Orleans.Runtime.Activations;

namespace Orleans.Runtime.Calls;

/// <summary>Something an activation is to do: a call, a timer's tick, a pull of a stream.</summary>
internal abstract class Request
{
    /// <summary>How often a request may meet an ending activation before it is given up.</summary>
    private const int MaxForwards = 100;

    private int _forwards;

    // Links of the list it waits in, guarded by the activation's gate.
    public Request? Next;
    public Request? Previous;
    public RequestList? List;

    /// <summary>Place in the order of arrival at the activation.</summary>
    public long Sequence;

    public RequestContextValues? Context { get; init; }

    public Activity? Activity { get; init; }

    public bool AlwaysInterleave { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>The method's name, for logs and predicates.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it means nothing to another activation of the same grain.</summary>
    public virtual bool BelongsToActivation => false;

    /// <summary>Whether the activation's end waits for it.</summary>
    public virtual bool HoldsActivation => true;

    /// <summary>Whether it counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Nobody waits for it any more: it need not start.</summary>
    public virtual bool IsAbandoned => false;

    public abstract Task Start(Activation activation);

    /// <summary>The activation's gate is not held.</summary>
    public abstract void Complete(Task outcome);

    public abstract void Fail(Exception exception);

    /// <summary>False when it met too many ending activations and failed.</summary>
    public bool TryForward()
    {
        if (++_forwards <= MaxForwards) return true;
        Fail(new OrleansMessageRejectionException($"{Name} met an ending activation {MaxForwards} times. A grain that ends itself on activation cannot be called."));
        return false;
    }
}
