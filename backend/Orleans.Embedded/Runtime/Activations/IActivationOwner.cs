using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Activations;

/// <summary>Where requests for one grain go: its activation, or its pool of them.</summary>
internal interface IDestination
{
    /// <summary>False when it has ended: ask the directory again.</summary>
    bool TryDeliver(Request request);

    IEnumerable<Activation> Activations { get; }
}

/// <summary>Who made an activation and takes over what it leaves.</summary>
internal interface IActivationOwner
{
    /// <summary>The activation has ended; called within its gate, so that nobody can slip in between.</summary>
    void Ended(Activation activation, RequestList left);
}
