using Orleans.Runtime;

namespace Orleans;

/// <summary>What is asked of grains and of references to them alike.</summary>
public static class GrainExtensions
{
    /// <summary>The text key of a grain.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>The <see cref="Guid"/> key of a grain.</summary>
    /// <exception cref="FormatException">The grain has another kind of key.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) => Guid.ParseExact(grain.GetPrimaryKeyString(), "N");

    /// <summary>The identity of a grain.</summary>
    /// <exception cref="ArgumentException">The object is no grain and no reference to one.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase own => own.GrainContext.GrainId,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>A reference to the same grain, seen through an interface of it.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) where TGrainInterface : IAddressable => grain switch
    {
        GrainReference reference => reference.Cast<TGrainInterface>(),
        IGrainBase own => own.GrainContext.GrainReference.Cast<TGrainInterface>(),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>The same as <see cref="AsReference{TGrainInterface}"/>.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) where TGrainInterface : IAddressable => grain.AsReference<TGrainInterface>();
}
