namespace Orleans.Runtime;

/// <summary>One activation of a grain.</summary>
public interface IGrainContext
{
    /// <summary>Which grain it is an activation of.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object; null until it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>Done when the activation has ended and its grain is disposed.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation as soon as the running calls have ended.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);

    /// <summary>Keeps the activation for at least this long; a negative time takes that back.</summary>
    void DelayDeactivation(TimeSpan timeSpan);
}

/// <summary>Tells which activation the code that asks runs in.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation, or null outside of one.</summary>
    IGrainContext? GrainContext { get; }
}
