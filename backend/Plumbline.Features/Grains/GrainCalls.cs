using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Metadata;
using Plumbline.Contracts.Grains;

namespace Plumbline.Features.Grains;

/// <summary>What the contracts say of calls and grains, looked up once for each.</summary>
internal sealed class GrainCalls(GrainClassMap classes)
{
    private readonly ConcurrentDictionary<MethodInfo, GrainCallRule> _rules = new();
    private readonly ConcurrentDictionary<GrainType, bool> _belongToTenants = new();

    public GrainCallRule RuleOf(IGrainCallContext call) => _rules.GetOrAdd(call.InterfaceMethod, Read);

    /// <summary>Whether the key of the grain begins with a tenant. Grains of the runtime and those that are named otherwise do not.</summary>
    public bool BelongsToTenant(GrainId grain) => _belongToTenants.GetOrAdd(grain.Type, IsKeyedByTenant);

    private static GrainCallRule Read(MethodInfo method) => new(KindOf(method), method.IsDefined(typeof(AcrossTenantsAttribute)));

    private static GrainCallKind KindOf(MethodInfo method)
    {
        if (method.DeclaringType == typeof(IAsyncEnumerableGrainExtension)) return GrainCallKind.Stream;
        if (!IsOurs(method.DeclaringType!)) return GrainCallKind.Runtime;
        return method.IsDefined(typeof(RepeatableAttribute)) ? GrainCallKind.Repeatable : GrainCallKind.Change;
    }

    private bool IsKeyedByTenant(GrainType type)
    {
        if (!classes.TryGetGrainClass(type, out var grainClass)) return false;
        var contracts = grainClass.GetInterfaces().Where(i => IsOurs(i) && typeof(IGrainWithStringKey).IsAssignableFrom(i)).ToArray();
        return contracts.Length > 0 && !Array.Exists(contracts, i => i.IsDefined(typeof(AcrossTenantsAttribute)));
    }

    private static bool IsOurs(Type type) => type.Assembly == typeof(RepeatableAttribute).Assembly || type.Assembly == typeof(GrainCalls).Assembly;
}

/// <summary>What holds for a call.</summary>
/// <param name="Kind">What it may be repeated for.</param>
/// <param name="IsAcrossTenants">Somebody may make it who has been let in by no tenant.</param>
internal readonly record struct GrainCallRule(GrainCallKind Kind, bool IsAcrossTenants);

internal enum GrainCallKind
{
    /// <summary>Changes something: may be repeated only when it certainly did not run.</summary>
    Change,

    /// <summary>Leaves the same behind however often it runs.</summary>
    Repeatable,

    /// <summary>The runtime's own call that pulls the items of a stream. Repeated, it would skip the items whose reply was lost: a stream
    /// is opened anew instead.</summary>
    Stream,

    /// <summary>Any other call of the runtime's own, such as a reminder, or that a call was cancelled.</summary>
    Runtime,
}
