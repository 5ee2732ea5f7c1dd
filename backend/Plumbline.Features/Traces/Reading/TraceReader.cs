using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Grains;
using Plumbline.Features.Traces.Grains;
using Plumbline.Features.Traces.Shards;

namespace Plumbline.Features.Traces.Reading;

/// <summary>Asks all shards of a project and puts their answers together.</summary>
internal sealed class TraceReader(ShardMap shards, TimeProvider clock) : ITraceReader
{
    private const int WatchBuffer = 256;

    public async ValueTask<TraceDetail?> FindTraceAsync(ProjectKey project, string traceId, CancellationToken cancellationToken) =>
        TraceStore.TraceId.TryParse(traceId, out var id) ? await shards.Of(project, id).GetTraceAsync(traceId, cancellationToken) : null;

    public async ValueTask<TraceDetail?> FindSettledTraceAsync(ProjectKey project, string traceId, CancellationToken cancellationToken)
    {
        if (TraceStore.TraceId.TryParse(traceId, out var id)) await shards.Of(project, id).SettleAsync();
        return await FindTraceAsync(project, traceId, cancellationToken);
    }

    public async ValueTask<TraceDetail?> FindTraceWithoutScoresAsync(ProjectKey project, string traceId, CancellationToken cancellationToken) =>
        TraceStore.TraceId.TryParse(traceId, out var id) ? await shards.Of(project, id).GetTraceWithoutScoresAsync(traceId, cancellationToken) : null;

    public async ValueTask<IReadOnlyList<TraceDetail>> FindTracesAsync(
        ProjectKey project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken)
    {
        var byShard = traceIds.Distinct(StringComparer.Ordinal).GroupBy(id =>
            TraceStore.TraceId.TryParse(id, out var parsed) ? shards.IndexOf(parsed) : -1).Where(g => g.Key >= 0);
        var answers = await Task.WhenAll(byShard.Select(g => shards.Shard(project, g.Key).GetTracesAsync([.. g], cancellationToken)));
        return [.. answers.SelectMany(a => a)];
    }

    public async ValueTask<SpanView?> FindSpanAsync(ProjectKey project, SpanReference span, CancellationToken cancellationToken)
    {
        var trace = await FindTraceAsync(project, span.TraceId, cancellationToken);
        return trace?.Spans.FirstOrDefault(s => s.SpanId == span.SpanId);
    }

    public async ValueTask<Page<TraceView>> TracesAsync(ProjectKey project, TracePageQuery query, CancellationToken cancellationToken) =>
        Pages.Merge(await AskAsync(project, s => s.TracesAsync(query, cancellationToken)), TraceOrdering.Of(query.Order), query.First);

    public async ValueTask<Page<SpanView>> SpansAsync(ProjectKey project, SpanPageQuery query, CancellationToken cancellationToken) =>
        Pages.Merge(await AskAsync(project, s => s.SpansAsync(query, cancellationToken)), TraceOrdering.NewestSpanFirst, query.First);

    public async ValueTask<Page<SessionView>> SessionsAsync(ProjectKey project, SessionPageQuery query, CancellationToken cancellationToken) =>
        Pages.Merge(Pages.Unite(await AskAsync(project, s => s.SessionsAsync(query, cancellationToken))), TraceOrdering.LatestSessionFirst, query.First);

    public async ValueTask<IReadOnlyList<FacetValue>> FacetsAsync(ProjectKey project, FacetValuesQuery query, CancellationToken cancellationToken)
    {
        var answers = await AskAsync(project, s => s.FacetsAsync(query, cancellationToken));
        if (answers.Length == 1) return answers[0];
        return [.. answers.SelectMany(a => a).GroupBy(v => v.Value, StringComparer.Ordinal).Select(g => new FacetValue(g.Key, g.Sum(v => v.Count)))
            .OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal).Take(query.First)];
    }

    public async ValueTask<IReadOnlyList<StatsPart>> StatsAsync(ProjectKey project, SpanStatsQuery query, CancellationToken cancellationToken)
    {
        var answers = await AskAsync(project, s => s.StatsAsync(query, cancellationToken));
        return answers.Length == 1 ? answers[0] : StatsParts.Add(answers.SelectMany(a => a));
    }

    public async IAsyncEnumerable<TraceView> WatchAsync(ProjectKey project, TraceFilter? where, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = shards.All(project);
        if (all.Length == 1)
        {
            await foreach (var trace in WatchAsync(all[0], where, cancellationToken)) yield return trace;
            yield break;
        }
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var joined = Channel.CreateBounded<TraceView>(WatchBuffer);
        var pumps = Array.ConvertAll(all, shard => PumpAsync(shard, where, joined.Writer, leaving.Token));
        try
        {
            await foreach (var trace in joined.Reader.ReadAllAsync(cancellationToken)) yield return trace;
        }
        finally
        {
            await leaving.CancelAsync();
            await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PumpAsync(ITraceShardGrain shard, TraceFilter? where, ChannelWriter<TraceView> to, CancellationToken cancellationToken)
    {
        Exception? end = null;
        try
        {
            await foreach (var trace in WatchAsync(shard, where, cancellationToken)) await to.WriteAsync(trace, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            end = e;
        }
        to.TryComplete(end);
    }

    private IAsyncEnumerable<TraceView> WatchAsync(ITraceShardGrain shard, TraceFilter? where, CancellationToken cancellationToken) =>
        Reopening.StreamAsync(since => shard.WatchAsync(where, since, cancellationToken), clock, cancellationToken);

    private Task<T[]> AskAsync<T>(ProjectKey project, Func<ITraceShardGrain, Task<T>> ask) => Task.WhenAll(shards.All(project).Select(ask));
}
