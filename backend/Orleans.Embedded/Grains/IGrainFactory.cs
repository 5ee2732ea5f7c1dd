using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references to grains; nothing is created before the first call.</summary>
public interface IGrainFactory
{
    /// <summary>The grain of an interface and a text key, which may hold anything but blanks alone.</summary>
    /// <exception cref="ArgumentException">No class implements the interface, several do, or the key is blank.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey;

    /// <summary>The grain of an interface and a <see cref="Guid"/>.</summary>
    TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithGuidKey;

    /// <summary>The grain of an interface that is known at run time only, and a text key.</summary>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>The grain of an identity, seen through an interface.</summary>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable;
}
