using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Store;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore;

/// <content>Letting traces go that nobody will ask for.</content>
public sealed partial class SpanStore
{
    private const int MostSampledAtOnce = 20_000;
    private readonly AppendGate _appends = new();
    private readonly HashSet<long> _sampled = [];
    private RecentTraces? _recent;

    /// <summary>Lets traces go, in blocks that were sealed: the newest traces are still in memory and wait for the next call. A trace that got a span within <see cref="SpanStoreOptions.QuietTime"/>
    /// is left alone; the first call begins to watch for that, so nothing goes before it was that long ago.</summary>
    /// <returns>How many spans went, and whether traces are left that are still to be decided on.</returns>
    /// <remarks>What a block held when it was decided on is not looked at again: traces stay that were kept.</remarks>
    public async ValueTask<(long Spans, bool Pending)> SampleAsync(TraceSampling sampling, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        _recent ??= new RecentTraces(_options.QuietTime, _options.RecentTraceBytes, _clock);
        await _housekeeping.SettleAsync(cancellationToken).ConfigureAwait(false);
        var (gone, pending) = (0L, _segments.HeadSize().Spans > 0);
        if (!_recent.IsSure) return (0, true);
        var blocks = _segments.Blocks();
        _sampled.IntersectWith(blocks.Select(b => b.Block.Id));
        foreach (var block in blocks.Where(b => !_sampled.Contains(b.Block.Id)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (spans, decided) = await _housekeeping.UndisturbedAsync(() => SampleAsync(block, sampling, cancellationToken)).ConfigureAwait(false);
            gone += spans;
            if (decided) _sampled.Add(block.Block.Id);
            else pending = true;
        }
        if (gone > 0) await _housekeeping.CompactAsync(cancellationToken).ConfigureAwait(false);
        return (gone, pending);
    }

    private async ValueTask<(long Spans, bool Decided)> SampleAsync(LiveBlock block, TraceSampling sampling, CancellationToken cancellationToken)
    {
        if (!_segments.Blocks().Contains(block)) return (0, true);
        try
        {
            var (candidates, decided) = await CandidatesAsync(block.Snapshot(), sampling, cancellationToken).ConfigureAwait(false);
            if (candidates.Count == 0) return (0, decided);
            var spans = await _appends.AloneAsync(() => LetGoAsync(candidates, sampling, cancellationToken)).ConfigureAwait(false);
            return (spans, decided);
        }
        catch (BlockCorruptedException e)
        {
            _segments.Exclude(e);
            return (0, true);
        }
    }

    private async ValueTask<(HashSet<TraceId> Candidates, bool Decided)> CandidatesAsync(BlockView view, TraceSampling sampling, CancellationToken cancellationToken)
    {
        await view.LoadAsync(new FieldSet { TraceRows = true }, cancellationToken).ConfigureAwait(false);
        var candidates = new HashSet<TraceId>();
        var decided = true;
        for (var trace = 0; trace < view.Traces; trace++)
        {
            if (!view.LiveTraces[trace]) continue;
            var (id, start) = (view.TraceIds[trace], view.Column(TraceNumber.Start)[trace]);
            if (view.Column(TraceNumber.Errors)[trace] > 0 || view.Column(TraceNumber.Status)[trace] == (long)StoredStatus.Error || TraceSampling.IsChosen(id, sampling.RateAt(start))) continue;
            if (candidates.Count >= MostSampledAtOnce || start + Math.Max(0, view.Column(TraceNumber.Duration)[trace]) >= sampling.EndedBeforeUnixNano || _recent!.MayContain(id)) decided = false;
            else if (!await KeepsAsync(view, trace, sampling.Keeps, cancellationToken).ConfigureAwait(false)) candidates.Add(id);
        }
        return (candidates, decided);
    }

    private static async ValueTask<bool> KeepsAsync(BlockView view, int trace, SpanPredicate? keeps, CancellationToken cancellationToken)
    {
        if (keeps is null) return false;
        var rows = new List<int>();
        view.SpansOf(trace, rows);
        foreach (var row in rows)
        {
            if (keeps(new SpanReader((await view.RecordAsync(row, cancellationToken).ConfigureAwait(false)).Span))) return true;
        }
        return false;
    }

    // Appends are held back: what came since the candidates were found shows here, and what comes later is behind the entry in the log.
    private async ValueTask<long> LetGoAsync(HashSet<TraceId> candidates, TraceSampling sampling, CancellationToken cancellationToken)
    {
        candidates.RemoveWhere(id => _recent!.MayContain(id));
        if (sampling.KeptAmong is { } ask) candidates.ExceptWith(await ask(candidates, cancellationToken).ConfigureAwait(false));
        if (candidates.Count == 0) return 0;
        var payload = Payload([.. candidates]);
        using var ticket = await _log.AppendAsync(WalFrameType.DropTraces, payload, cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(WalFrameType.DropTraces, payload).ConfigureAwait(false);
    }
}
