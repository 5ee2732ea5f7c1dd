using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Runtime.Copying;

/// <summary>How values of one type are copied.</summary>
internal abstract class TypeCopier
{
    private static readonly FrozenSet<Type> Unchanging = new[]
    {
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version),
        typeof(CultureInfo), typeof(BigInteger), typeof(Half), typeof(Int128), typeof(UInt128), typeof(IPAddress), typeof(IPEndPoint), typeof(CancellationToken), typeof(object),
        typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(Calls.Nothing),
    }.ToFrozenSet();

    /// <summary>Whether the value itself may be handed on.</summary>
    public virtual bool IsShared => false;

    public virtual bool IsValue => false;

    public abstract object Copy(object value, CopyContext context);

    public static TypeCopier For(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Unchanging.Contains(type)) return new Shared();
        if (typeof(Type).IsAssignableFrom(type) || typeof(GrainReference).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type) && type.Assembly == typeof(object).Assembly) return new Shared();
        if (type.IsArray) return new ArrayCopier();
        if (type.IsGenericType && Collections(type) is { } collection) return collection;
        if (SerializedMembers.IsMarked(type)) return new MemberCopier(type);
        return new Refused(type);
    }

    private static TypeCopier? Collections(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        var shape = true switch
        {
            true when definition == typeof(List<>) => typeof(ListCopier<>),
            true when definition == typeof(HashSet<>) => typeof(HashSetCopier<>),
            true when definition == typeof(Queue<>) => typeof(QueueCopier<>),
            true when definition == typeof(Dictionary<,>) => typeof(DictionaryCopier<,>),
            true when definition == typeof(ReadOnlyDictionary<,>) => typeof(ReadOnlyDictionaryCopier<,>),
            true when definition == typeof(ReadOnlyCollection<>) => typeof(ReadOnlyCollectionCopier<>),
            true when definition == typeof(ImmutableArray<>) => typeof(ImmutableArrayCopier<>),
            true when definition == typeof(ImmutableList<>) => typeof(ImmutableListCopier<>),
            true when definition == typeof(ImmutableHashSet<>) => typeof(ImmutableHashSetCopier<>),
            true when definition == typeof(ImmutableDictionary<,>) => typeof(ImmutableDictionaryCopier<,>),
            true when definition == typeof(ImmutableSortedDictionary<,>) => typeof(ImmutableSortedDictionaryCopier<,>),
            true when definition == typeof(KeyValuePair<,>) => typeof(KeyValuePairCopier<,>),
            true when definition == typeof(ReadOnlyMemory<>) && type.GetGenericArguments()[0] == typeof(byte) => typeof(ReadOnlyMemoryCopier<>),
            true when definition == typeof(Memory<>) && type.GetGenericArguments()[0] == typeof(byte) => typeof(MemoryCopier<>),
            _ => null,
        };
        if (shape is not null) return (TypeCopier)Activator.CreateInstance(shape.MakeGenericType(type.GetGenericArguments()))!;
        if (type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal) || type.FullName.StartsWith("System.Tuple`", StringComparison.Ordinal)) return new TupleCopier(type);
        if (IsFrozen(type, typeof(FrozenDictionary<,>)) is { } dictionary) return (TypeCopier)Activator.CreateInstance(typeof(FrozenDictionaryCopier<,>).MakeGenericType(dictionary))!;
        return IsFrozen(type, typeof(FrozenSet<>)) is { } set ? (TypeCopier)Activator.CreateInstance(typeof(FrozenSetCopier<>).MakeGenericType(set))! : null;
    }

    private static Type[]? IsFrozen(Type type, Type definition)
    {
        for (var current = type; current is not null; current = current.BaseType)
            if (current.IsGenericType && current.GetGenericTypeDefinition() == definition) return current.GetGenericArguments();
        return null;
    }

    private sealed class Shared : TypeCopier
    {
        public override bool IsShared => true;

        public override object Copy(object value, CopyContext context) => value;
    }

    private sealed class Refused(Type type) : TypeCopier
    {
        public override object Copy(object value, CopyContext context) =>
            throw new CodecNotFoundException($"A value of type {type} cannot cross a grain boundary: it has no [GenerateSerializer]. Send a marked type, an array or an ImmutableArray; carry JSON as text or bytes.");
    }

    private sealed class ArrayCopier : TypeCopier
    {
        public override object Copy(object value, CopyContext context)
        {
            var copy = (Array)((Array)value).Clone();
            context.Know(value, copy);
            if (value.GetType().GetElementType()!.IsPrimitive || copy.Rank > 1) return copy;
            for (var i = 0; i < copy.Length; i++) copy.SetValue(context.Copy(copy.GetValue(i)), i);
            return copy;
        }
    }

    private sealed class TupleCopier(Type type) : TypeCopier
    {
        private readonly MemberInfo[] _items = [.. type.GetMembers(BindingFlags.Instance | BindingFlags.Public).Where(m => m.Name is "Rest" || (m.Name.StartsWith("Item", StringComparison.Ordinal) && m is FieldInfo or PropertyInfo && m.Name.Length > 4 && char.IsDigit(m.Name[4]))).OrderBy(m => m.Name == "Rest" ? 8 : m.Name[4] - '0')];

        public override bool IsValue => type.IsValueType;

        public override object Copy(object value, CopyContext context) =>
            Activator.CreateInstance(type, [.. _items.Select(m => context.Copy(m is FieldInfo field ? field.GetValue(value) : ((PropertyInfo)m).GetValue(value)))])!;
    }
}
