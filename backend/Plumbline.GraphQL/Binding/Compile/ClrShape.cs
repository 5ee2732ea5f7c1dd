using System.Collections.Immutable;
using System.Reflection;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>What stands behind a .NET type as far as a schema sees it: tasks, nullables and lists taken off.</summary>
internal static class ClrShape
{
    /// <summary>What a task or value task carries; the type itself otherwise.</summary>
    public static Type Awaited(Type type) => IsAwaitable(type) ? type.GetGenericArguments()[0] : type;

    public static bool IsAwaitable(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    public static Type NotNullable(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The item type of a list; null for text and single values.</summary>
    public static Type? Item(Type type)
    {
        if (type == typeof(string) || type == typeof(RawJson)) return null;
        if (type.IsArray) return type.GetElementType();
        return Implemented(type, typeof(IEnumerable<>));
    }

    /// <summary>The argument of a generic interface that a type is or implements.</summary>
    public static Type? Implemented(Type type, Type contract)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == contract) return type.GetGenericArguments()[0];
        return Array.Find(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == contract)?.GetGenericArguments()[0];
    }

    public static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <summary>Makes the collection a parameter wants out of an array.</summary>
    public static Func<Array, object>? FromArray(Type collection)
    {
        if (Item(collection) is not { } item) return null;
        if (collection.IsAssignableFrom(item.MakeArrayType())) return array => array;
        if (collection == typeof(List<>).MakeGenericType(item)) return array => Activator.CreateInstance(collection, array)!;
        if (collection == typeof(ImmutableArray<>).MakeGenericType(item)) return Through(nameof(ToImmutable), item);
        if (collection == typeof(HashSet<>).MakeGenericType(item) || collection == typeof(IReadOnlySet<>).MakeGenericType(item))
            return Through(nameof(ToSet), item);
        return null;
    }

    private static Func<Array, object> Through(string method, Type item) =>
        typeof(ClrShape).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).CreateDelegate<Func<Array, object>>();

#pragma warning disable CA1859 // both become delegates that return object
    private static object ToImmutable<T>(Array array) => ImmutableArray.Create((T[])array);

    private static object ToSet<T>(Array array) => ((T[])array).ToHashSet();
#pragma warning restore CA1859

    /// <summary>A type as C# writes it.</summary>
    public static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{Name(inner)}?";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[]";
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
