using System.Collections.Concurrent;
using Orleans.Serialization;

namespace Orleans.Runtime.Copying;

/// <summary>
/// Copies messages the way a cluster would send them: marked types by their serialized members, known collections item by item,
/// everything else refused. An object that stands twice in a message is one object in the copy.
/// </summary>
internal sealed class MessageCopier
{
    private readonly ConcurrentDictionary<Type, TypeCopier> _copiers = new();

    /// <summary>A copy of one value.</summary>
    /// <exception cref="CodecNotFoundException">Something in the value could not be sent.</exception>
    public T Copy<T>(T value) => (T)new CopyContext(this).Copy(value)!;

    public object?[] CopyArguments(object?[] arguments)
    {
        var context = new CopyContext(this);
        return [.. arguments.Select(context.Copy)];
    }

    /// <summary>An exception that a cluster would lose becomes the one it would be replaced by; others stay as they are, with their stack.</summary>
    public Exception CheckException(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            var type = inner.GetType();
            if (type.Assembly == typeof(object).Assembly || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true || SerializedMembers.IsMarked(type)) continue;
            return new CodecNotFoundException($"Exception {type} has no [GenerateSerializer], so it could not leave the grain. Its message was: {inner.Message}");
        }
        return exception;
    }

    public TypeCopier CopierOf(Type type) => _copiers.GetOrAdd(type, TypeCopier.For);
}

/// <summary>One message being copied.</summary>
internal sealed class CopyContext(MessageCopier copier)
{
    private const int MaxDepth = 256;

    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    public object? Copy(object? value)
    {
        if (value is null) return null;
        var type = copier.CopierOf(value.GetType());
        if (type.IsShared) return value;
        if (!type.IsValue && _copies.TryGetValue(value, out var known)) return known;
        if (++_depth > MaxDepth) throw new CodecNotFoundException($"A message is nested more than {MaxDepth} deep at {value.GetType()}.");
        var copy = type.Copy(value, this);
        _depth--;
        if (!type.IsValue) _copies[value] = copy;
        return copy;
    }

    /// <summary>Makes a half-filled copy known, so that what it holds can point back to it.</summary>
    public void Know(object original, object copy) => _copies[original] = copy;
}
