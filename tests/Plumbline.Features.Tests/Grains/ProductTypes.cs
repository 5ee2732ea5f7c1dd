using System.Reflection;

namespace Plumbline.Features.Tests.Grains;

/// <summary>What the product's two assemblies with grains in them declare.</summary>
internal static class ProductTypes
{
    public static Type[] All { get; } = [
        .. typeof(Contracts.ProjectKey).Assembly.GetTypes(), .. typeof(Features.Kernel.Http.FailureResponse).Assembly.GetTypes()
    ];

    public static IEnumerable<Type> GrainInterfaces => All.Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrain)));

    public static IEnumerable<Type> Grains => All.Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(Grain)));

    public static string GrainTypeOf(Type grain) =>
        (string)grain.GetCustomAttributesData().Single(a => a.AttributeType == typeof(GrainTypeAttribute)).ConstructorArguments[0].Value!;

    /// <summary>Whatever Orleans writes for us: messages, parts of them, states, enums and exceptions.</summary>
    public static IEnumerable<Type> Serialized => All.Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), inherit: false));

    /// <summary>The states that a grain keeps, with the name it keeps each under.</summary>
    public static IEnumerable<(string Name, Type State)> StatesOf(Type grain) =>
        from parameter in grain.GetConstructors().SelectMany(c => c.GetParameters())
        let type = parameter.ParameterType
        where type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IPersistentState<>)
        select (parameter.GetCustomAttribute<PersistentStateAttribute>()!.StateName, type.GetGenericArguments()[0]);

    /// <summary>The members that Orleans writes, by their numbers.</summary>
    public static IEnumerable<(uint Id, PropertyInfo Member)> MembersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.IsDefined(typeof(IdAttribute)))
            .Select(p => (p.GetCustomAttribute<IdAttribute>()!.Id, p));

    public static string? AliasOf(MemberInfo declared) => declared.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;
}
