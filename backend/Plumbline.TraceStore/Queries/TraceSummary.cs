using Plumbline.TraceStore.Head;
using Plumbline.TraceStore.Queries;

namespace Plumbline.TraceStore;

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
public sealed record TraceData(TraceSummary Summary, IReadOnlyList<SpanRecord> Spans)
{
    /// <summary>Rolls up spans of one trace as a store that held them alone would; null when there are none.</summary>
    public static async ValueTask<TraceData?> OfAsync(IReadOnlyCollection<SpanRecord> spans, CancellationToken cancellationToken = default)
    {
        if (spans.Count == 0) return null;
        var head = new SpanHead();
        head.Insert(SpanBatch.Of([.. spans]));
        return await TraceLookup.FindAsync([head.Snapshot()], spans.First().TraceId, cancellationToken).ConfigureAwait(false);
    }
}
