namespace Plumbline.TraceStore;

/// <summary>A page of spans is asked for, newest first.</summary>
public sealed record SpanQuery
{
    public SpanCondition? Where { get; init; }

    /// <summary>1 to <see cref="SpanStoreOptions.MaxPageSize"/>.</summary>
    public int First { get; init; } = 50;
    public string? After { get; init; }
    public bool Ascending { get; init; }

    /// <inheritdoc cref="TraceQuery.Hidden"/>
    public IReadOnlySet<TraceId>? Hidden { get; init; }

    /// <summary>Whether <see cref="SpanPage.TotalCount"/> is wanted.</summary>
    public bool WantTotalCount { get; init; }
}

/// <inheritdoc cref="TracePage"/>
public sealed record SpanPage(IReadOnlyList<SpanHit> Spans, bool HasNextPage, int? TotalCount, int Quarantined = 0);

/// <inheritdoc cref="TraceHit"/>
public readonly record struct SpanHit(SpanRecord Span, string Cursor);
