namespace Plumbline.ObjectStore;

/// <summary>Shorter forms for a single buffer.</summary>
public static class ObjectStoreExtensions
{
    /// <inheritdoc cref="IObjectStore.PutAsync"/>
    public static ValueTask<string> PutAsync(
        this IObjectStore store, string name, ReadOnlyMemory<byte> content, PutCondition condition = default,
        CancellationToken cancellationToken = default) =>
        store.PutAsync(name, [content], condition, cancellationToken);

    /// <inheritdoc cref="IObjectStore.AppendAsync"/>
    public static ValueTask<long> AppendAsync(
        this IObjectStore store, string name, ReadOnlyMemory<byte> buffer, long? expectedLength,
        CancellationToken cancellationToken = default) =>
        store.AppendAsync(name, [buffer], expectedLength, cancellationToken);

    /// <inheritdoc cref="IAppendObject.AppendAsync"/>
    public static ValueTask<long> AppendAsync(this IAppendObject log, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        log.AppendAsync([buffer], cancellationToken);

    /// <summary>Total bytes of the buffers.</summary>
    internal static long TotalLength(this IReadOnlyList<ReadOnlyMemory<byte>> buffers)
    {
        long total = 0;
        for (var i = 0; i < buffers.Count; i++) total += buffers[i].Length;
        return total;
    }
}
