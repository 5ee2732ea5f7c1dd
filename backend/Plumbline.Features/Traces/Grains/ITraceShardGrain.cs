using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Grains;

/// <summary>The traces of a project whose id falls to this shard; key <c>organization/project/shard</c>. Callers have passed the permission check and bring the
/// traces that the asker is blinded to.</summary>
[Alias("ITraceShardGrain")]
public interface ITraceShardGrain : IGrainWithStringKey
{
    /// <summary>Stores a batch of spans in the trace store's own format. Returned once it is on disk.</summary>
    [AlwaysInterleave, Alias("Append"), Repeatable]
    Task<AppendOutcome> AppendAsync([Immutable] ReadOnlyMemory<byte> batch);

    /// <summary>Adds events that came as log records to the spans they belong to, which may not have come yet.</summary>
    [Alias("AppendEvents"), Repeatable]
    Task<AppendOutcome> AppendEventsAsync([Immutable] ReadOnlyMemory<byte> fragments);

    /// <summary>Returned once everything is stored or refused whose storing had begun.</summary>
    [AlwaysInterleave, Alias("Settle"), Repeatable]
    Task SettleAsync();

    [AlwaysInterleave, Alias("GetTrace"), Repeatable]
    Task<TraceDetail?> GetTraceAsync(string traceId, CancellationToken cancellationToken);

    /// <inheritdoc cref="ITraceReader.FindTraceWithoutScoresAsync"/>
    [AlwaysInterleave, Alias("GetTraceWithoutScores"), Repeatable]
    Task<TraceDetail?> GetTraceWithoutScoresAsync(string traceId, CancellationToken cancellationToken);

    /// <summary>The traces that there are of those asked for.</summary>
    [AlwaysInterleave, Alias("GetTraces"), Repeatable]
    Task<ImmutableArray<TraceDetail>> GetTracesAsync(ImmutableArray<string> traceIds, CancellationToken cancellationToken);

    [AlwaysInterleave, Alias("Traces"), Repeatable]
    Task<Page<TraceView>> TracesAsync(TracePageQuery query, CancellationToken cancellationToken);

    [AlwaysInterleave, Alias("Spans"), Repeatable]
    Task<Page<SpanView>> SpansAsync(SpanPageQuery query, CancellationToken cancellationToken);

    [AlwaysInterleave, Alias("Sessions"), Repeatable]
    Task<Page<SessionView>> SessionsAsync(SessionPageQuery query, CancellationToken cancellationToken);

    [AlwaysInterleave, Alias("Facets"), Repeatable]
    Task<ImmutableArray<FacetValue>> FacetsAsync(FacetValuesQuery query, CancellationToken cancellationToken);

    [AlwaysInterleave, Alias("Stats"), Repeatable]
    Task<ImmutableArray<StatsPart>> StatsAsync(SpanStatsQuery query, CancellationToken cancellationToken);

    /// <summary>Does now what is due from time to time: drops what is past its retention, and lets healthy traces go that the project does
    /// not sample.</summary>
    [AlwaysInterleave, ResponseTimeout("00:10:00"), Alias("Housekeep"), Repeatable]
    Task HousekeepAsync(CancellationToken cancellationToken);

    /// <summary>The traces in which a span names the user.</summary>
    [AlwaysInterleave, Alias("TracesOfUser"), Repeatable]
    Task<ImmutableArray<string>> TracesOfUserAsync(string userId);

    /// <summary>Deletes traces; returned once nothing on disk that can be read holds them, or what was erased before. What damaged blocks
    /// hold goes when they are restored.</summary>
    /// <param name="traceIds">The traces.</param>
    /// <param name="ofUser">The user they were chosen for, if any: damaged blocks may hold more of that user's.</param>
    [AlwaysInterleave, ResponseTimeout("00:10:00"), Alias("Erase")]
    Task<ErasedSpans> EraseAsync(ImmutableArray<string> traceIds, string? ofUser);

    /// <summary>Traces that match, a moment after they came or changed, until the stream is left.</summary>
    /// <param name="where">Which traces.</param>
    /// <param name="since">When an earlier stream was lost: the newest traces that may have come or changed since then come first, some of
    /// them again. Null begins with what comes from now on.</param>
    /// <param name="cancellationToken">Leaves the stream.</param>
    [AlwaysInterleave, Alias("Watch"), Repeatable]
    IAsyncEnumerable<TraceView> WatchAsync(TraceFilter? where, DateTimeOffset? since, CancellationToken cancellationToken);
}
