namespace Plumbline.TraceStore;

/// <summary>The values of a field among the spans of a time range are asked for, most frequent first (then by ordinal).</summary>
public sealed record FacetQuery
{
    public required GroupField Field { get; init; }
    public NanoRange Range { get; init; } = NanoRange.All;

    /// <summary>Values start with it, ignoring case.</summary>
    public string? Prefix { get; init; }

    /// <summary>1 to <see cref="SpanStoreOptions.MaxPageSize"/>.</summary>
    public int First { get; init; } = 20;

    /// <inheritdoc cref="TraceQuery.Hidden"/>
    public IReadOnlySet<TraceId>? Hidden { get; init; }
}

/// <summary>One value of a facet.</summary>
/// <param name="Value">The value; kinds and statuses in capitals.</param>
/// <param name="Count">Spans that have it.</param>
public readonly record struct FacetCount(string Value, long Count);
