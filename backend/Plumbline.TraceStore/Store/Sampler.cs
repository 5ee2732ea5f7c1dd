using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Store;

/// <summary>Lets traces go that nobody will ask for. What a block held when it was decided on is not looked at again: traces stay that were kept.</summary>
internal sealed class Sampler(
    SpanStoreOptions options,
    TimeProvider clock,
    AppendGate appends,
    SegmentSet segments,
    Removal removal,
    Sealer sealer,
    Compactor compactor,
    BlockTurn turn)
{
    private const int MostSampledAtOnce = 20_000;
    private readonly HashSet<long> _sampled = [];
    private RecentTraces? _recent;

    /// <summary>Notes traces that got spans, once sampling has begun.</summary>
    public void Note(IEnumerable<TraceId> changed) => _recent?.Add(changed);

    /// <summary>Lets traces go, in blocks that were sealed.</summary>
    /// <returns>How many spans went, and whether traces are left that are still to be decided on.</returns>
    public async ValueTask<(long Spans, bool Pending)> SampleAsync(TraceSampling sampling, CancellationToken cancellationToken)
    {
        _recent ??= new RecentTraces(options.QuietTime, options.RecentTraceBytes, clock);
        await sealer.SettleAsync(cancellationToken).ConfigureAwait(false);
        var (gone, pending) = (0L, segments.HeadSize().Spans > 0);
        if (!_recent.IsSure) return (0, true);
        var blocks = segments.Blocks();
        _sampled.IntersectWith(blocks.Select(b => b.Block.Id));
        foreach (var block in blocks.Where(b => !_sampled.Contains(b.Block.Id)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (spans, decided) = await turn.UndisturbedAsync(() => SampleAsync(block, sampling, cancellationToken)).ConfigureAwait(false);
            gone += spans;
            if (decided) _sampled.Add(block.Block.Id);
            else pending = true;
        }
        if (gone > 0) await compactor.CompactAsync(cancellationToken).ConfigureAwait(false);
        return (gone, pending);
    }

    private async ValueTask<(long Spans, bool Decided)> SampleAsync(LiveBlock block, TraceSampling sampling, CancellationToken cancellationToken)
    {
        if (!segments.Blocks().Contains(block)) return (0, true);
        try
        {
            var (candidates, decided) = await CandidatesAsync(block.Snapshot(), sampling, cancellationToken).ConfigureAwait(false);
            if (candidates.Count == 0) return (0, decided);
            var spans = await appends.AloneAsync(() => LetGoAsync(candidates, sampling, cancellationToken)).ConfigureAwait(false);
            return (spans, decided);
        }
        catch (BlockCorruptedException e)
        {
            segments.Exclude(e);
            return (0, true);
        }
    }

    private async ValueTask<(HashSet<TraceId> Candidates, bool Decided)> CandidatesAsync(
        BlockView view, TraceSampling sampling, CancellationToken cancellationToken)
    {
        await view.LoadAsync(new FieldSet { TraceRows = true }, cancellationToken).ConfigureAwait(false);
        var candidates = new HashSet<TraceId>();
        var decided = true;
        for (var trace = 0; trace < view.Traces; trace++)
        {
            if (!view.LiveTraces[trace] || StaysAnyway(view, trace, sampling)) continue;
            if (candidates.Count >= MostSampledAtOnce || MayGrow(view, trace, sampling)) decided = false;
            else if (!await KeepsAsync(view, trace, sampling.Keeps, cancellationToken).ConfigureAwait(false)) candidates.Add(view.TraceIds[trace]);
        }
        return (candidates, decided);
    }

    private static bool StaysAnyway(BlockView view, int trace, TraceSampling sampling) =>
        view.Column(TraceNumber.Errors)[trace] > 0
        || view.Column(TraceNumber.Status)[trace] == (long)StoredStatus.Error
        || TraceSampling.IsChosen(view.TraceIds[trace], sampling.RateAt(view.Column(TraceNumber.Start)[trace]));

    private bool MayGrow(BlockView view, int trace, TraceSampling sampling) =>
        view.Column(TraceNumber.Start)[trace] + Math.Max(0, view.Column(TraceNumber.Duration)[trace]) >= sampling.EndedBeforeUnixNano
        || _recent!.MayContain(view.TraceIds[trace]);

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
        return candidates.Count == 0 ? 0 : await removal.RunAsync(WalFrameType.DropTraces, candidates, cancellationToken).ConfigureAwait(false);
    }
}
