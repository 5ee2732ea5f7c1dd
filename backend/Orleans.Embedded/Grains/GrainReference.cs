using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A reference to a grain: a stand-in that sends calls to it. Equal when it names the same grain; <c>==</c> compares objects.</summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private IGrainReferenceRuntime _runtime = null!;

    /// <summary>The grain.</summary>
    public GrainId GrainId { get; private set; }

    internal static TInterface Create<TInterface>(IGrainReferenceRuntime runtime, GrainId grainId) => (TInterface)(object)Create(runtime, grainId, typeof(TInterface));

    internal static GrainReference Create(IGrainReferenceRuntime runtime, GrainId grainId, Type interfaceType)
    {
        var reference = (GrainReference)Create(interfaceType, typeof(GrainReference));
        (reference._runtime, reference.GrainId) = (runtime, grainId);
        return reference;
    }

    internal TInterface Cast<TInterface>() => this is TInterface already ? already : Create<TInterface>(_runtime, GrainId);

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _runtime.Send(GrainId, targetMethod!, args ?? []);

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && other.GrainId == GrainId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"GrainReference:{GrainId}";
}

/// <summary>Where references send their calls.</summary>
internal interface IGrainReferenceRuntime
{
    /// <summary>Sends a call and returns what the method returns: a task, a value task or a stream.</summary>
    object? Send(GrainId target, MethodInfo method, object?[] arguments);
}
