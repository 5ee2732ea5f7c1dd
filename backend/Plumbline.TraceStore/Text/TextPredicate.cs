using System.Text;

namespace Plumbline.TraceStore.Text;

/// <summary>A <see cref="TextCondition"/> made ready to run over UTF-8.</summary>
internal sealed class TextPredicate
{
    private readonly byte[][]? _accepted;
    private readonly byte[][]? _refused;
    private readonly Needle? _contains;
    private readonly Needle? _startsWith;

    private TextPredicate(byte[][]? accepted, byte[][]? refused, Needle? contains, Needle? startsWith) =>
        (_accepted, _refused, _contains, _startsWith) = (accepted, refused, contains, startsWith);

    /// <summary>Whether a missing text passes.</summary>
    public bool AcceptsAbsent => _accepted is null && _contains is null && _startsWith is null;

    /// <summary>The one value that passes, when it is known: a dictionary can be asked for it.</summary>
    public byte[]? Single => _accepted is [var one] && _refused is null && _contains is null && _startsWith is null ? one : null;

    /// <summary>Null when the filter asks for nothing.</summary>
    public static TextPredicate? From(TextCondition? filter)
    {
        if (filter is null) return null;
        var accepted = Accepted(filter);
        var refused = filter.NotIn is { Count: > 0 } notIn ? Bytes(notIn) : null;
        var contains = filter.Contains is { Length: > 0 } c ? new Needle(c) : null;
        var startsWith = filter.StartsWith is { Length: > 0 } s ? new Needle(s) : null;
        return accepted is null && refused is null && contains is null && startsWith is null ? null
            : new TextPredicate(accepted, refused, contains, startsWith);
    }

    /// <summary>The filter without its <see cref="TextCondition.NotIn"/>; null when nothing is left.</summary>
    public static TextPredicate? Positive(TextCondition? filter) => filter is null ? null : From(filter with { NotIn = null });

    /// <summary>A predicate that accepts just what <see cref="TextCondition.NotIn"/> names; null when it names nothing.</summary>
    public static TextPredicate? Refused(TextCondition? filter) =>
        filter?.NotIn is { Count: > 0 } notIn ? new TextPredicate(Bytes(notIn), null, null, null) : null;

    public bool Accepts(ReadOnlySpan<byte> value) =>
        (_accepted is null || Any(_accepted, value)) && (_refused is null || !Any(_refused, value))
        && (_contains is null || _contains.IsIn(value)) && (_startsWith is null || _startsWith.IsPrefixOf(value));

    private static byte[][]? Accepted(TextCondition filter)
    {
        if (filter.In is not { Count: > 0 } list) return filter.Eq is null ? null : [Encoding.UTF8.GetBytes(filter.Eq)];
        return filter.Eq is null ? Bytes(list) : Bytes([.. list.Where(v => v == filter.Eq)]);
    }

    private static byte[][] Bytes(IReadOnlyList<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static bool Any(byte[][] values, ReadOnlySpan<byte> value)
    {
        foreach (var candidate in values)
        {
            if (value.SequenceEqual(candidate)) return true;
        }
        return false;
    }
}
