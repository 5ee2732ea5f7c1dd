using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime.Classes;

/// <summary>What is known of one grain class.</summary>
internal sealed class GrainClass
{
    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? DefaultName(type));
        Interfaces = [.. type.GetInterfaces().Where(i => typeof(IGrain).IsAssignableFrom(i) && !IsKeyInterface(i))];
        Reentrant = type.IsDefined(typeof(ReentrantAttribute));
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        MayInterleave = Predicate(type);
        Constructor = new GrainConstructor(type);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>The interface that a reference made from inside the grain has first.</summary>
    public Type PrimaryInterface => Interfaces.Count > 0 ? Interfaces[0] : typeof(IGrain);

    public bool Reentrant { get; }

    /// <summary>0 for a grain with one activation, else the most a key may have.</summary>
    public int MaxWorkers { get; }

    public Func<string, bool>? MayInterleave { get; }

    private GrainConstructor Constructor { get; }

    public object Construct(Activations.Activation activation) => ActivationUnderConstruction.Construct(activation, () => Constructor.Create(activation));

    public static bool IsKeyInterface(Type type) => type == typeof(IGrain) || type == typeof(IGrainWithStringKey) || type == typeof(IGrainWithGuidKey);

    private static string DefaultName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }

    private static Func<string, bool>? Predicate(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>() is not { } attribute) return null;
        var method = type.GetMethod(attribute.CallbackMethodName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(string)])
            ?? throw new InvalidOperationException($"{type} names {attribute.CallbackMethodName} in [MayInterleave], but has no static bool {attribute.CallbackMethodName}(string).");
        return method.CreateDelegate<Func<string, bool>>();
    }
}
