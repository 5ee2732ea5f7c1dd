using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;

namespace Plumbline.Features.Traces.Api;

/// <summary>Turns the conditions of a filter that other slices know into ids of traces, wherever they stand in it. What the caller is
/// blinded to counts as having no verdict and being in no dataset, so that neither the condition nor its opposite tells what others
/// said.</summary>
internal sealed class TraceConditions(
    IVerdicts verdicts, IDatasetDirectory datasets, ITraceOpenings openings, IOptions<TracesOptions> options)
{
    private const int RecordedAtOnce = 5_000;

    /// <summary>Whether the filter has any.</summary>
    public static bool AreIn(TraceFilter? where) =>
        where is not null && All(where).Any(f => f.Verdict is not null || f.InReviewQueue is not null || f.InDataset is not null);

    /// <summary>Whether what the filter finds tells what reviewers said of it.</summary>
    public static bool TellVerdicts(TraceFilter? where) => where is not null && All(where).Any(f => f.Verdict is not null);

    public async ValueTask<IReadOnlyList<ResolvedCondition>> ResolveAsync(ReadingScope scope, TraceFilter? where, CancellationToken cancellationToken)
    {
        if (!AreIn(where)) return [];
        var project = scope.Access.Project;
        var wanted = All(where!).SelectMany(Parts).Distinct().ToList();
        if (wanted.Count > options.Value.MaxTraceConditions)
            throw Failure.BadInput(
                $"A filter may ask for at most {options.Value.MaxTraceConditions} verdicts, queues and datasets; this one asks for {wanted.Count}.");
        if (wanted.Exists(w => w.Verdict is not null)) scope.Access.RequireReviewReader();
        var keys = wanted.Select(w => (w.Verdict, Queue: QueueIn(project, w.Queue), Dataset: DatasetIn(project, w.Dataset))).ToList();
        var known = wanted.Exists(w => w.Verdict is not null || w.Dataset is not null) ? await verdicts.AllAsync(scope.Access, cancellationToken) : null;
        if (known is not null) await RecordToldAsync(scope, where!, known.Keys, cancellationToken);
        var resolved = new List<ResolvedCondition>(wanted.Count);
        foreach (var (asked, key) in wanted.Zip(keys))
        {
            resolved.Add(asked switch
            {
                { Verdict: VerdictFilter.Unreviewed } => new() { Verdict = asked.Verdict, TraceIds = known!.Keys.ToArray(), AllBut = true },
                { Verdict: { } verdict } =>
                    new() { Verdict = verdict, TraceIds = known!.Where(v => VerdictMatch.Is(v.Value, verdict)).Select(v => v.Key).ToArray() },
                { Queue: { } queue } =>
                    new() { InReviewQueue = queue, TraceIds = (await verdicts.TracesInQueueAsync(scope.Access, key.Queue!, cancellationToken)).ToArray() },
                _ => new() { InDataset = asked.Dataset, TraceIds = (await datasets.TracesInAsync(scope.Access, key.Dataset!, cancellationToken)).ToArray() },
            });
        }
        return resolved.ToArray();
    }

    // Narrowed by time, session or words to a single trace, a filter tells the verdict of it even by a count or an empty page; two wide ones that differ in
    // one trace do. So whoever asks is taken to know the verdicts of all, but those that they leave out by the ids of others. Being an example in a
    // dataset tells as much: that is what comes of good answers.
    private async ValueTask RecordToldAsync(ReadingScope scope, TraceFilter where, IEnumerable<string> judged, CancellationToken cancellationToken)
    {
        var told = where.TraceIds is { } named ? judged.Intersect(named) : judged;
        foreach (var some in told.Chunk(RecordedAtOnce)) await RecordListedAsync(scope, some, cancellationToken);
    }

    /// <summary>Remembers that the caller's person was told of these traces what reviewers said.</summary>
    public ValueTask RecordListedAsync(ReadingScope scope, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken) =>
        scope.Access.PersonId is { } person && traceIds.Count > 0
            ? openings.RecordAsync(scope.Access.Project, person, traceIds, SeenKind.Listed, cancellationToken)
            : ValueTask.CompletedTask;

    private static IEnumerable<(VerdictFilter? Verdict, string? Queue, string? Dataset)> Parts(TraceFilter filter)
    {
        if (filter.Verdict is { } verdict) yield return (verdict, null, null);
        if (filter.InReviewQueue is { } queue) yield return (null, queue, null);
        if (filter.InDataset is { } dataset) yield return (null, null, dataset);
    }

    private static string? QueueIn(ProjectKey project, string? id) => id is null ? null : QueueKey.Parse(id).In(project).QueueId;

    private static string? DatasetIn(ProjectKey project, string? id) => id is null ? null : DatasetKey.Parse(id).In(project).DatasetId;

    private static IEnumerable<TraceFilter> All(TraceFilter filter)
    {
        var rest = new Stack<TraceFilter>([filter]);
        while (rest.TryPop(out var next))
        {
            yield return next;
            foreach (var inner in (next.And ?? []).Concat(next.Or ?? []).Concat(next.Not is null ? [] : [next.Not])) rest.Push(inner);
        }
    }
}
