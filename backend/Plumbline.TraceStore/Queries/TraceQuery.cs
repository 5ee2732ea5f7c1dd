namespace Plumbline.TraceStore;

/// <summary>A page of traces is asked for.</summary>
public sealed record TraceQuery
{
    public TraceCondition? Where { get; init; }
    public TraceSort OrderBy { get; init; } = TraceSort.StartTime;
    public bool Ascending { get; init; }

    /// <summary>1 to <see cref="SpanStoreOptions.MaxPageSize"/>.</summary>
    public int First { get; init; } = 50;

    /// <summary>The cursor of the last trace of the page before.</summary>
    public string? After { get; init; }

    /// <summary>Traces the asker may not know of: as if they did not exist.</summary>
    public IReadOnlySet<TraceId>? Hidden { get; init; }

    /// <summary>Whether <see cref="TracePage.TotalCount"/> is wanted; it costs a scan of more data.</summary>
    public bool WantTotalCount { get; init; }
}

/// <summary>A page of traces.</summary>
/// <param name="Traces">In the order asked for.</param>
/// <param name="HasNextPage">Whether more follow.</param>
/// <param name="TotalCount">How many match in all; null when not asked for or above <see cref="SpanStoreOptions.MaxExactCount"/>.</param>
/// <param name="Quarantined">Blocks that could not be read and are missing from the answer.</param>
public sealed record TracePage(IReadOnlyList<TraceHit> Traces, bool HasNextPage, int? TotalCount, int Quarantined = 0);

/// <summary>A trace of a page.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Cursor">Where it stands in this order; stays good while data arrives.</param>
public readonly record struct TraceHit(TraceSummary Trace, string Cursor);
