using System.Collections;
using System.Collections.Frozen;
using Plumbline.GraphQL.Relay;

namespace Plumbline.GraphQL.Execution;

/// <summary>What the values take that a request holds until its answer is written, as far as the schema's builder says what a value takes.</summary>
internal sealed class HeldBytes(FrozenDictionary<Type, Func<object, long>> sizes, long most)
{
    private long _held;

    /// <summary>Counts a value that arrived.</summary>
    /// <exception cref="ExecutionAbortedException">The request holds more than it may.</exception>
    public void Add(object? value)
    {
        if (value is null || sizes.Count == 0) return;
        var bytes = SizeOf(value);
        if (bytes > 0) Interlocked.Add(ref _held, bytes);
        ThrowIfTooMuch();
    }

    /// <summary>Keeps fields from beginning once the request holds too much.</summary>
    public void ThrowIfTooMuch()
    {
        if (Volatile.Read(ref _held) > most) throw TooMuch();
    }

    private long SizeOf(object value) => value switch
    {
        string text => 2L * text.Length,
        IConnection connection => Sum(connection.Items),
        IEnumerable items => Sum(items),
        _ => sizes.TryGetValue(value.GetType(), out var size) ? size(value) : 0,
    };

    private long Sum(IEnumerable items)
    {
        var sum = 0L;
        foreach (var item in items)
        {
            if (item is null) continue;
            sum += item is string text ? 2L * text.Length : sizes.TryGetValue(item.GetType(), out var size) ? size(item) : 0;
            if (sum > most) break;
        }
        return sum;
    }

    private ExecutionAbortedException TooMuch() => new(new GraphQLError(
        ErrorCodes.TooComplex, $"What the operation asks for takes more than {most} bytes. Ask for smaller pages, or for less at a time."));
}
