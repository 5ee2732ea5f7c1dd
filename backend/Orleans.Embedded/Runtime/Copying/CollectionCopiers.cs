using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Orleans.Runtime.Copying;

/// <summary>Copies values of <typeparamref name="T"/> that hold others.</summary>
internal abstract class CollectionCopier<T> : TypeCopier
    where T : notnull
{
    public override bool IsValue => typeof(T).IsValueType;

    public override object Copy(object value, CopyContext context) => Copy((T)value, context);

    protected abstract T Copy(T value, CopyContext context);

    protected static IEnumerable<TItem> Items<TItem>(IEnumerable<TItem> items, CopyContext context) => items.Select(i => (TItem)context.Copy(i)!);

    protected static IEnumerable<KeyValuePair<TKey, TValue>> Pairs<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs, CopyContext context) =>
        pairs.Select(p => KeyValuePair.Create((TKey)context.Copy(p.Key)!, (TValue)context.Copy(p.Value)!));
}

internal sealed class ListCopier<T> : CollectionCopier<List<T>>
{
    protected override List<T> Copy(List<T> value, CopyContext context)
    {
        var copy = new List<T>(value.Count);
        context.Know(value, copy);
        copy.AddRange(Items(value, context));
        return copy;
    }
}

internal sealed class HashSetCopier<T> : CollectionCopier<HashSet<T>>
{
    protected override HashSet<T> Copy(HashSet<T> value, CopyContext context) => new(Items(value, context), value.Comparer);
}

internal sealed class QueueCopier<T> : CollectionCopier<Queue<T>>
{
    protected override Queue<T> Copy(Queue<T> value, CopyContext context) => new(Items(value, context));
}

internal sealed class DictionaryCopier<TKey, TValue> : CollectionCopier<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override Dictionary<TKey, TValue> Copy(Dictionary<TKey, TValue> value, CopyContext context) => new(Pairs(value, context), value.Comparer);
}

internal sealed class ReadOnlyDictionaryCopier<TKey, TValue> : CollectionCopier<ReadOnlyDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override ReadOnlyDictionary<TKey, TValue> Copy(ReadOnlyDictionary<TKey, TValue> value, CopyContext context) => new(new Dictionary<TKey, TValue>(Pairs(value, context)));
}

internal sealed class ReadOnlyCollectionCopier<T> : CollectionCopier<ReadOnlyCollection<T>>
{
    protected override ReadOnlyCollection<T> Copy(ReadOnlyCollection<T> value, CopyContext context) => new([.. Items(value, context)]);
}

internal sealed class ImmutableArrayCopier<T> : CollectionCopier<ImmutableArray<T>>
{
    protected override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyContext context) => value.IsDefault ? value : [.. Items(value, context)];
}

internal sealed class ImmutableListCopier<T> : CollectionCopier<ImmutableList<T>>
{
    protected override ImmutableList<T> Copy(ImmutableList<T> value, CopyContext context) => [.. Items(value, context)];
}

internal sealed class ImmutableHashSetCopier<T> : CollectionCopier<ImmutableHashSet<T>>
{
    protected override ImmutableHashSet<T> Copy(ImmutableHashSet<T> value, CopyContext context) => Items(value, context).ToImmutableHashSet(value.KeyComparer);
}

internal sealed class ImmutableDictionaryCopier<TKey, TValue> : CollectionCopier<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override ImmutableDictionary<TKey, TValue> Copy(ImmutableDictionary<TKey, TValue> value, CopyContext context) => Pairs(value, context).ToImmutableDictionary(value.KeyComparer, value.ValueComparer);
}

internal sealed class ImmutableSortedDictionaryCopier<TKey, TValue> : CollectionCopier<ImmutableSortedDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override ImmutableSortedDictionary<TKey, TValue> Copy(ImmutableSortedDictionary<TKey, TValue> value, CopyContext context) => Pairs(value, context).ToImmutableSortedDictionary(value.KeyComparer);
}

internal sealed class FrozenDictionaryCopier<TKey, TValue> : CollectionCopier<FrozenDictionary<TKey, TValue>>
    where TKey : notnull
{
    protected override FrozenDictionary<TKey, TValue> Copy(FrozenDictionary<TKey, TValue> value, CopyContext context) => Pairs(value, context).ToFrozenDictionary(value.Comparer);
}

internal sealed class FrozenSetCopier<T> : CollectionCopier<FrozenSet<T>>
{
    protected override FrozenSet<T> Copy(FrozenSet<T> value, CopyContext context) => Items(value, context).ToFrozenSet(value.Comparer);
}

internal sealed class KeyValuePairCopier<TKey, TValue> : CollectionCopier<KeyValuePair<TKey, TValue>>
{
    protected override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, CopyContext context) => new((TKey)context.Copy(value.Key)!, (TValue)context.Copy(value.Value)!);
}

internal sealed class ReadOnlyMemoryCopier<T> : CollectionCopier<ReadOnlyMemory<T>>
{
    protected override ReadOnlyMemory<T> Copy(ReadOnlyMemory<T> value, CopyContext context) => value.ToArray();
}

internal sealed class MemoryCopier<T> : CollectionCopier<Memory<T>>
{
    protected override Memory<T> Copy(Memory<T> value, CopyContext context) => value.ToArray();
}
