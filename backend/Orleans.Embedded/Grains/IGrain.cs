namespace Orleans
{
    /// <summary>The base of every grain interface.</summary>
    public interface IGrain : Runtime.IAddressable;

    /// <summary>A grain that is found by a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain that is found by a <see cref="Guid"/>.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>What the runtime needs of a grain class.</summary>
    public interface IGrainBase
    {
        /// <summary>The activation that this object is the grain of.</summary>
        Runtime.IGrainContext GrainContext { get; }

        /// <summary>Runs before the first call.</summary>
        Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Runs after the last call.</summary>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

namespace Orleans.Runtime
{
    /// <summary>Whatever has an address in the grain runtime.</summary>
    public interface IAddressable;
}
