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

/// <summary>A trace without its spans, as the spans that have arrived make it; their order of arrival makes no difference.</summary>
public sealed record TraceSummary
{
    public required TraceId TraceId { get; init; }

    /// <summary>A name given to the trace, else its root's.</summary>
    public required string Name { get; init; }
    public required long StartUnixNano { get; init; }

    /// <summary>From the earliest start to the latest end.</summary>
    public required long DurationNano { get; init; }

    /// <summary>ERROR when a span failed, else OK when the root said so.</summary>
    public required StoredStatus Status { get; init; }
    public string? Environment { get; init; }
    public string? SessionId { get; init; }
    public string? UserId { get; init; }

    /// <summary>Of all spans, sorted by ordinal.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Of all spans, sorted by ordinal.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
    public required int SpanCount { get; init; }
    public required int ErrorCount { get; init; }

    /// <summary>Of leaf model calls alone.</summary>
    public required TokenSums Tokens { get; init; }

    /// <summary>Pico-dollars of leaf model calls with a known cost; null when there is none.</summary>
    public long? Cost { get; init; }

    /// <summary>Leaf model calls without a known cost.</summary>
    public required int UnpricedSpans { get; init; }

    /// <summary>The span without a parent, or the earliest whose parent has not arrived.</summary>
    public SpanId RootSpanId { get; init; }
    public string? InputPreview { get; init; }
    public string? OutputPreview { get; init; }
}

/// <summary>Tokens of several spans.</summary>
/// <param name="Input">Sum of input tokens.</param>
/// <param name="Output">Sum of output tokens.</param>
/// <param name="Total">Sum of totals; where a span gave none, its input plus its output.</param>
/// <param name="CachedInput">Sum, or null when no span told.</param>
/// <param name="Reasoning">Sum, or null when no span told.</param>
public readonly record struct TokenSums(long Input, long Output, long Total, long? CachedInput, long? Reasoning);

/// <summary>A whole trace.</summary>
/// <param name="Summary">Its roll-up.</param>
/// <param name="Spans">By start, then span id.</param>
public sealed record TraceData(TraceSummary Summary, IReadOnlyList<SpanRecord> Spans);

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

/// <summary>Sessions are asked for, the last used first.</summary>
public sealed record SessionQuery
{
    public TraceCondition? Where { get; init; }
    public int First { get; init; } = 50;
    public string? After { get; init; }

    /// <inheritdoc cref="TraceQuery.Hidden"/>
    public IReadOnlySet<TraceId>? Hidden { get; init; }
}

/// <inheritdoc cref="TracePage"/>
public sealed record SessionPage(IReadOnlyList<SessionHit> Sessions, bool HasNextPage);

/// <inheritdoc cref="TraceHit"/>
public readonly record struct SessionHit(SessionSummary Session, string Cursor);

/// <summary>The traces that share a session id and match the filter.</summary>
/// <param name="SessionId">The id.</param>
/// <param name="UserId">Of the latest trace that has one.</param>
/// <param name="FirstSeenUnixNano">Earliest start of a trace.</param>
/// <param name="LastSeenUnixNano">Latest start of a trace.</param>
/// <param name="TraceCount">Traces.</param>
/// <param name="Tokens">Summed over the traces.</param>
/// <param name="Cost">Pico-dollars, or null when no trace has a cost.</param>
public sealed record SessionSummary(string SessionId, string? UserId, long FirstSeenUnixNano, long LastSeenUnixNano, int TraceCount, TokenSums Tokens, long? Cost);
