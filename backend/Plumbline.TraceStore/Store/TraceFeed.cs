using System.Runtime.CompilerServices;
using Plumbline.TraceStore.Queries;

namespace Plumbline.TraceStore.Store;

/// <summary>Tells watchers of the traces that match what they ask, as those are now.</summary>
internal sealed class TraceFeed(TraceWatchers watchers, ViewReader views, SpanStoreOptions options)
{
    /// <summary>New and changed traces that match, until cancelled. Watching begins with this call, not with the first step.</summary>
    /// <param name="where">Which traces.</param>
    /// <param name="missed">Tells the newest page of the traces of this time as well, as if they had just come. Null tells of none.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    public IAsyncEnumerable<TraceChanges> WatchAsync(TraceCondition? where, NanoRange? missed, CancellationToken cancellationToken) =>
        MatchingAsync(watchers.WatchAsync(missed is { } range ? ct => NewestAsync(where, range, ct) : null, cancellationToken), where, cancellationToken);

    private async ValueTask<HashSet<TraceId>> NewestAsync(TraceCondition? where, NanoRange range, CancellationToken cancellationToken)
    {
        var asked = new TraceCondition { Range = range, And = where is null ? null : [where] };
        var page = await PageAsync(new TraceQuery { Where = asked, First = options.MaxPageSize }, cancellationToken).ConfigureAwait(false);
        return [.. page.Traces.Select(t => t.Trace.TraceId)];
    }

    private async IAsyncEnumerable<TraceChanges> MatchingAsync(
        IAsyncEnumerable<(HashSet<TraceId> Changed, int Missed)> changes, TraceCondition? where, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (changed, missed) in changes.ConfigureAwait(false))
        {
            foreach (var ids in changed.Chunk(options.MaxPageSize))
            {
                var asked = new TraceCondition { TraceIds = ids, And = where is null ? null : [where] };
                var query = new TraceQuery { Where = asked, Ascending = true, First = options.MaxPageSize };
                var page = await PageAsync(query, cancellationToken).ConfigureAwait(false);
                if (page.Traces.Count > 0) yield return new TraceChanges([.. page.Traces.Select(t => t.Trace)], 0);
            }
            if (missed > 0) yield return new TraceChanges([], missed);
        }
    }

    private ValueTask<TracePage> PageAsync(TraceQuery query, CancellationToken cancellationToken) =>
        views.ReadAsync((segments, ct) => TraceScan.RunAsync(segments, query, options, ct), cancellationToken);
}
