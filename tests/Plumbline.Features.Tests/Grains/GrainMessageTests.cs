using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace Plumbline.Features.Tests.Grains;

/// <summary>Every type that crosses a grain boundary or is kept as grain state is one that a cluster can serialize without loss.</summary>
public sealed class GrainMessageTests
{
    private static readonly FrozenSet<Type> Plain = new HashSet<Type>
    {
        typeof(string), typeof(bool), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(ulong), typeof(uint), typeof(float), typeof(double),
        typeof(decimal), typeof(Guid), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeSpan), typeof(UInt128), typeof(Int128), typeof(Uri),
        typeof(ReadOnlyMemory<byte>), typeof(byte[]), typeof(CancellationToken), typeof(void),
    }.ToFrozenSet();

    private static readonly FrozenSet<Type> Containers = new HashSet<Type>
    {
        typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>), typeof(Nullable<>), typeof(ImmutableArray<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(IReadOnlyList<>), typeof(IReadOnlyDictionary<,>), typeof(Dictionary<,>),
        typeof(List<>), typeof(HashSet<>),
        typeof(ImmutableSortedDictionary<,>), typeof(KeyValuePair<,>),
    }.ToFrozenSet();

    private static IEnumerable<Type> StateTypes() => ProductTypes.Grains.SelectMany(ProductTypes.StatesOf).Select(s => s.State);

    [Fact]
    public void GrainInterfaces_HaveMethodsOnly_ThatReturnTasksOrStreams()
    {
        var offenders =
            from type in ProductTypes.GrainInterfaces
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            let result = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType
            where method.IsSpecialName
                || !(result == typeof(Task) || result == typeof(ValueTask) || result == typeof(Task<>) || result == typeof(ValueTask<>)
                    || result == typeof(IAsyncEnumerable<>))
            select $"{type.Name}.{method.Name}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void Messages_AreSerializable_MemberByMember()
    {
        var problems = new SortedSet<string>();
        var seen = new HashSet<Type>();
        foreach (var type in ProductTypes.GrainInterfaces)
            foreach (var method in type.GetMethods())
            {
                Check(method.ReturnType, $"{type.Name}.{method.Name}", seen, problems);
                foreach (var parameter in method.GetParameters())
                    Check(parameter.ParameterType, $"{type.Name}.{method.Name}({parameter.Name})", seen, problems);
            }
        foreach (var state in StateTypes()) Check(state, $"state {state.Name}", seen, problems);
        Assert.Empty(problems);
        Assert.NotEmpty(seen);
    }

    [Fact]
    public void StateTypes_StartWithTheirInitialisers() =>
        Assert.Empty(StateTypes().Where(t => t is { IsValueType: false } && t.GetConstructor(Type.EmptyTypes) is null).Select(t => t.FullName));

    [Fact]
    public void Grains_AreSealed_AndKeepTheirNameWhenRenamed()
    {
        Assert.Empty(ProductTypes.Grains.Where(t => !t.IsSealed).Select(t => t.FullName));
        Assert.Empty(ProductTypes.Grains.Where(t => t.GetCustomAttribute<GrainTypeAttribute>() is null).Select(t => t.FullName));
        var names = ProductTypes.Grains.Select(ProductTypes.GrainTypeOf).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    private static void Check(Type type, string where, HashSet<Type> seen, SortedSet<string> problems)
    {
        if (type.IsGenericParameter || type == typeof(Task) || type == typeof(ValueTask) || Plain.Contains(type) || type.IsEnum || !seen.Add(type)) return;
        if (type.IsArray)
        {
            Check(type.GetElementType()!, where, seen, problems);
            return;
        }
        if (type.IsGenericType && Containers.Contains(type.GetGenericTypeDefinition()))
        {
            foreach (var argument in type.GetGenericArguments()) Check(argument, where, seen, problems);
            return;
        }
        if (type.IsAssignableTo(typeof(IAddressable))) return;
        if (type.Namespace?.StartsWith("Plumbline.", StringComparison.Ordinal) != true)
        {
            problems.Add($"{where}: {type} is not known to be serializable in a cluster");
            return;
        }
        if (type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is null) problems.Add($"{where}: {type.Name} lacks [GenerateSerializer]");
        if (type is { IsClass: true, IsSealed: false, IsAbstract: false }) problems.Add($"{where}: {type.Name} is not sealed");
        foreach (var derived in ProductTypes.All.Where(t => type.IsAbstract && t.BaseType == type)) Check(derived, where, seen, problems);
        foreach (var property in Members(type))
        {
            if (!IsPositional(type, property) && property.GetCustomAttribute<IdAttribute>() is null)
                problems.Add($"{where}: {type.Name}.{property.Name} lacks [Id] and would be lost");
            Check(property.PropertyType, $"{type.Name}.{property.Name}", seen, problems);
        }
    }

    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract"
                && p.DeclaringType!.GetField($"<{p.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is not null);

    private static bool IsPositional(Type type, PropertyInfo property) =>
        type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Any(c => c.GetParameters().Any(p => p.Name == property.Name && p.ParameterType == property.PropertyType));
}
