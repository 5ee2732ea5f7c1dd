using System.Runtime.CompilerServices;
using Plumbline.ObjectStore.Memory;

namespace Plumbline.ObjectStore;

/// <summary>The contract of <see cref="IObjectStore"/> in memory: the twin for tests and for what need not last.
/// "Durable" means as long as this object lives.</summary>
public sealed class MemoryObjectStore(TimeProvider? clock = null) : IObjectStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MemoryObject> _objects = new(Utf8NameComparer.Instance);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long _writes;

    /// <inheritdoc/>
    public ValueTask<StoredObject?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        using var _ = Enter(name, cancellationToken);
        return ValueTask.FromResult(_objects.TryGetValue(name, out var found) ? new StoredObject(found.Bytes.ToArray(), found.ETag) : null);
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        using var _ = Enter(name, cancellationToken);
        if (!_objects.TryGetValue(name, out var found)) throw new ObjectNotFoundException(name);
        var rest = found.Bytes[(int)Math.Min(offset, found.Length)..];
        var count = Math.Min(rest.Length, destination.Length);
        rest[..count].CopyTo(destination.Span);
        return ValueTask.FromResult(count);
    }

    /// <inheritdoc/>
    public ValueTask<ObjectProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken = default)
    {
        using var _ = Enter(name, cancellationToken);
        return ValueTask.FromResult(_objects.TryGetValue(name, out var found) ? found.Properties(name) : null);
    }

    /// <inheritdoc/>
    public ValueTask<string> PutAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition = default,
        CancellationToken cancellationToken = default)
    {
        using var _ = Enter(name, cancellationToken);
        var current = _objects.GetValueOrDefault(name);
        if (!condition.Holds(current?.ETag)) throw new PreconditionFailedException(name, condition.IfMatch, current?.ETag);
        var written = new MemoryObject();
        written.Append(content);
        Stamp(written);
        _objects[name] = written;
        return ValueTask.FromResult(written.ETag);
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken = default)
    {
        using var _ = Enter(name, cancellationToken);
        var current = _objects.GetValueOrDefault(name);
        if (expectedLength is { } expected && expected != (current?.End ?? 0)) throw new AppendConflictException(name, expected, current?.End);
        return ValueTask.FromResult(AppendTo(current ?? Create(name), buffers));
    }

    /// <inheritdoc/>
    public ValueTask<IAppendObject> OpenAppendAsync(string name, CancellationToken cancellationToken = default)
    {
        using var _ = Enter(name, cancellationToken);
        var target = _objects.GetValueOrDefault(name) ?? Create(name);
        return ValueTask.FromResult<IAppendObject>(Open(name, target));
    }

    /// <inheritdoc/>
    public ValueTask<IAppendObject> OpenOverAsync(string name, string over, CancellationToken cancellationToken = default)
    {
        ObjectName.Validate(over);
        using var _ = Enter(name, cancellationToken);
        if (_objects.TryGetValue(name, out var taken)) throw new AppendConflictException(name, 0, taken.Length);
        if (!_objects.Remove(over, out var target)) return ValueTask.FromResult<IAppendObject>(Open(name, Create(name)));
        var copy = new MemoryObject();
        copy.Append([target.Bytes.ToArray()]);
        copy.Restart();
        Stamp(copy);
        _objects.Add(name, copy);
        return ValueTask.FromResult<IAppendObject>(Open(name, copy));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ObjectProperties[] found;
        lock (_gate) found = [.. _objects.Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(o => o.Value.Properties(o.Key))];
        foreach (var properties in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return properties;
        }
        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        using var _ = Enter(name, cancellationToken);
        var current = _objects.GetValueOrDefault(name);
        if (ifMatch is not null && ifMatch != current?.ETag) throw new PreconditionFailedException(name, ifMatch, current?.ETag);
        return ValueTask.FromResult(_objects.Remove(name));
    }

    internal long Append(MemoryAppendObject handle, IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken)
    {
        using var _ = Enter(handle.Name, cancellationToken);
        CheckFence(handle);
        return AppendTo(handle.Target, buffers);
    }

    internal void Truncate(MemoryAppendObject handle, long length, CancellationToken cancellationToken)
    {
        using var _ = Enter(handle.Name, cancellationToken);
        CheckFence(handle);
        handle.Target.Truncate(length);
        Stamp(handle.Target);
    }

    internal void Leave(MemoryAppendObject handle)
    {
        lock (_gate) handle.Target.Leave();
    }

    private MemoryAppendObject Open(string name, MemoryObject target)
    {
        target.Enter();
        return new MemoryAppendObject(this, name, target, target.End);
    }

    private void CheckFence(MemoryAppendObject handle)
    {
        var current = _objects.GetValueOrDefault(handle.Name);
        if (!ReferenceEquals(current, handle.Target)) throw new AppendConflictException(handle.Name, handle.Length, null);
        if (current.End != handle.Length) throw new AppendConflictException(handle.Name, handle.Length, current.End);
    }

    private Lock.Scope Enter(string name, CancellationToken cancellationToken)
    {
        ObjectName.Validate(name);
        cancellationToken.ThrowIfCancellationRequested();
        return _gate.EnterScope();
    }

    private MemoryObject Create(string name)
    {
        var created = new MemoryObject();
        Stamp(created);
        _objects.Add(name, created);
        return created;
    }

    private long AppendTo(MemoryObject target, IReadOnlyList<ReadOnlyMemory<byte>> buffers)
    {
        target.Append(buffers);
        Stamp(target);
        return target.End;
    }

    private void Stamp(MemoryObject written) => written.Stamp($"m{++_writes:x}", _clock.GetUtcNow());
}
