using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plumbline.Features.Tests.Grains;

/// <summary>Makes values of the types that are sent, with something in every member that neither a new object nor another member has.</summary>
internal sealed class Samples
{
    private static readonly DateTimeOffset Start = new(2026, 1, 7, 9, 0, 0, TimeSpan.FromHours(2));

    private readonly List<Type> _within = [];
    private int _next;

    public object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return Of(value);
        if (type.IsEnum) return EnumOf(type);
        if (type.IsArray) return ArrayOf(type.GetElementType()!);
        if (Plain(type) is { } plain) return plain;
        return type.IsGenericType && type.Namespace!.StartsWith("System", StringComparison.Ordinal) ? CollectionOf(type) : ObjectOf(type);
    }

    /// <summary>Every field there is, whether anybody marked it as one to send or not.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);

    private object? Plain(Type type)
    {
        var n = ++_next;
        return type switch
        {
            _ when type == typeof(string) => $"text {n}",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => n,
            _ when type == typeof(long) => n + 5_000_000_000,
            _ when type == typeof(double) => n + 0.5,
            _ when type == typeof(decimal) => n + 0.25m,
            _ when type == typeof(DateTimeOffset) => Start.AddTicks(n),
            _ when type == typeof(DateOnly) => DateOnly.FromDayNumber(700_000 + n),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(n),
            _ when type == typeof(Guid) => new Guid(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            _ when type == typeof(Uri) => new Uri($"https://example.com/{n}"),
            _ when type == typeof(ReadOnlyMemory<byte>) => (ReadOnlyMemory<byte>)new byte[] { 1, 2, (byte)n },
            _ => null,
        };
    }

    private object EnumOf(Type type)
    {
        var others = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => Enum.ToObject(type, v)).Where(v => Convert.ToInt64(v) != 0).ToArray();
        return others.Length == 0 ? throw new InvalidOperationException($"{type} says nothing.") : others[_next++ % others.Length];
    }

    private Array ArrayOf(Type item)
    {
        var items = Array.CreateInstance(item, _within.Count(t => t == item) < 2 ? 2 : 0);
        for (var i = 0; i < items.Length; i++) items.SetValue(Of(item), i);
        return items;
    }

    private object CollectionOf(Type type)
    {
        var items = type.GetGenericArguments();
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ImmutableArray<>)) return Call(typeof(ImmutableArray), nameof(ImmutableArray.Create), items, ArrayOf(items[0]));
        if (definition == typeof(IReadOnlyList<>)) return ArrayOf(items[0]);
        if (items.Length == 1)
            return Call(typeof(Samples), definition == typeof(ImmutableHashSet<>) ? nameof(Set) : throw Unknown(type), items, ArrayOf(items[0]));
        if (definition == typeof(ImmutableDictionary<,>) || definition == typeof(ImmutableSortedDictionary<,>))
            return Call(
                typeof(Samples), definition == typeof(ImmutableDictionary<,>) ? nameof(Map) : nameof(SortedMap), items, ArrayOf(items[0]),
                ArrayOf(items[1]));
        throw Unknown(type);
    }

    // Without a constructor: whatever it would leave out or put right is part of the question.
    private object ObjectOf(Type type)
    {
        if (type.IsAbstract || type.Namespace?.StartsWith("Plumbline", StringComparison.Ordinal) != true) throw Unknown(type);
        var made = RuntimeHelpers.GetUninitializedObject(type);
        _within.Add(type);
        foreach (var field in FieldsOf(type)) field.SetValue(made, ValueOf(field.FieldType));
        _within.RemoveAt(_within.Count - 1);
        return made;
    }

    // A type within itself comes to an end one level down.
    private object? ValueOf(Type type) => _within.Count(t => t == type) >= 2 ? null : Of(type);

    private static InvalidOperationException Unknown(Type type) => new($"There is no sample of {type} yet: say how one is made.");

    private static object Call(Type holder, string method, Type[] types, params object[] arguments)
    {
        var found = holder.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Single(m => m.Name == method && m.GetGenericArguments().Length == types.Length && m.GetParameters().Length == arguments.Length
                && m.GetParameters()[0].ParameterType.IsArray);
        return found.MakeGenericMethod(types).Invoke(null, arguments)!;
    }

    private static ImmutableHashSet<T> Set<T>(T[] items) => [.. items];

    private static ImmutableDictionary<TKey, TValue> Map<TKey, TValue>(TKey[] keys, TValue[] values) where TKey : notnull =>
        keys.Zip(values).ToImmutableDictionary(p => p.First, p => p.Second);

    private static ImmutableSortedDictionary<TKey, TValue> SortedMap<TKey, TValue>(TKey[] keys, TValue[] values) where TKey : notnull =>
        keys.Zip(values).ToImmutableSortedDictionary(p => p.First, p => p.Second);
}

/// <summary>Where two values differ, member by member.</summary>
internal static class Differences
{
    public static IEnumerable<string> Between(object? expected, object? actual, string at)
    {
        if (expected is null || actual is null || expected.GetType() != actual.GetType())
            return ReferenceEquals(expected, actual) ? [] : [$"{at}: {expected ?? "nothing"} became {actual ?? "nothing"}"];
        if (expected is ReadOnlyMemory<byte> bytes) return Between(bytes.ToArray(), ((ReadOnlyMemory<byte>)actual).ToArray(), at);
        if (expected is IEnumerable items and not string) return BetweenItems([.. items.Cast<object?>()], [.. ((IEnumerable)actual).Cast<object?>()], at);
        if (expected is DateTimeOffset time) return time.EqualsExact((DateTimeOffset)actual) ? [] : [$"{at}: {expected:O} became {actual:O}"];
        if (IsOurs(expected.GetType()))
            return Samples.FieldsOf(expected.GetType()).SelectMany(f => Between(f.GetValue(expected), f.GetValue(actual), $"{at}.{NameOf(f)}"));
        return expected.Equals(actual) ? [] : [$"{at}: {expected} became {actual}"];
    }

    private static IEnumerable<string> BetweenItems(object?[] expected, object?[] actual, string at) => expected.Length != actual.Length
        ? [$"{at}: {expected.Length} items became {actual.Length}"]
        : expected.Zip(actual).SelectMany((pair, i) => Between(pair.First, pair.Second, $"{at}[{i}]"));

    private static bool IsOurs(Type type) => !type.IsEnum && type.Namespace?.StartsWith("Plumbline", StringComparison.Ordinal) == true;

    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
}
