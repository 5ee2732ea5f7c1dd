namespace Orleans
{
    /// <summary>Whatever has an address in the grain runtime.</summary>
    public interface IAddressable;

    /// <summary>The base of every grain interface.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain that is found by a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain that is found by a <see cref="Guid"/>.</summary>
    public interface IGrainWithGuidKey : IGrain;
}

namespace Orleans.Runtime
{
    /// <summary>The grain that a <see cref="IAddressable"/> names.</summary>
    public interface IGrainBase;
}
