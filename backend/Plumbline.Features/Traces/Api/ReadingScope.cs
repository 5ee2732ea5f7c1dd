using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Api;

/// <summary>What one caller may read in a project: permission, contents, and what they are blinded to.</summary>
internal sealed record ReadingScope(ProjectAccess Access, BlindedSet Blinded)
{
    public bool ContentHidden => !Access.Has(Permission.ReadRawContent);

    /// <summary>An array: it goes along to grains.</summary>
    public string[] Hidden { get; } = Blinded.HiddenTraceIds.ToArray();

    public TraceView Show(TraceView trace) => ContentHidden ? trace with { ContentHidden = true, InputPreview = null, OutputPreview = null } : trace;

    public SpanView Show(SpanView span) => ContentHidden ? ContentRedaction.Of(span) : span;
}

/// <summary>Checks callers before anything of a project's traces is read.</summary>
internal sealed class ReadingGate(IAccessControl access, IBlinding blinding, IVerdicts verdicts, IDatasetDirectory datasets)
{
    public async ValueTask<ReadingScope> EnterAsync(ProjectKey project, Caller caller, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(caller, project, Permission.ReadTraces, cancellationToken);
        return new(granted, await blinding.ForAsync(project, granted.UserId, cancellationToken));
    }

    /// <summary>Turns the conditions that other slices know into ids of traces. Blinded traces count as having no verdict and being in no dataset.</summary>
    public async ValueTask<TraceScope> ScopeAsync(ReadingScope scope, TraceFilter? where, CancellationToken cancellationToken)
    {
        var without = new HashSet<string>(scope.Hidden, StringComparer.Ordinal);
        HashSet<string>? only = null;
        if (where is not null)
        {
            foreach (var inner in Nested(where))
            {
                if (inner.Verdict is not null || inner.InReviewQueue is not null || inner.InDataset is not null)
                    throw Failure.BadInput("verdict, inReviewQueue and inDataset may only stand at the top of a filter, not inside of and, or, not.");
            }
            if (where.Verdict is { } verdict) await VerdictAsync(verdicts, scope, verdict, ids => only = Both(only, ids), without, cancellationToken);
            if (where.InReviewQueue is { } queue)
                only = Both(only, await verdicts.TracesInQueueAsync(scope.Access.Project, KeyOf(queue, NodeKinds.ReviewQueue, scope), scope.Access.UserId, cancellationToken));
            if (where.InDataset is { } dataset)
                only = Both(only, await datasets.TracesInAsync(scope.Access.Project, KeyOf(dataset, NodeKinds.Dataset, scope), scope.Access.UserId, cancellationToken));
        }
        return new TraceScope { Where = where, Only = only?.ToArray(), Without = without.ToArray() };
    }

    private static async ValueTask VerdictAsync(IVerdicts verdicts, ReadingScope scope, VerdictFilter verdict, Action<IEnumerable<string>> limit, HashSet<string> without, CancellationToken cancellationToken)
    {
        var known = await verdicts.AllAsync(scope.Access.Project, scope.Access.UserId, cancellationToken);
        if (verdict == VerdictFilter.Unreviewed) without.UnionWith(known.Keys);
        else limit(known.Where(v => VerdictMatch.Is(v.Value, verdict)).Select(v => v.Key));
    }

    private static string KeyOf(string id, string kind, ReadingScope scope)
    {
        var (project, key) = NodeId.ParseInProject(id, kind);
        return project == scope.Access.Project ? key : throw Failure.NotFound();
    }

    private static HashSet<string> Both(HashSet<string>? before, IEnumerable<string> ids)
    {
        var set = ids.ToHashSet(StringComparer.Ordinal);
        if (before is not null) set.IntersectWith(before);
        return set;
    }

    private static IEnumerable<TraceFilter> Nested(TraceFilter filter) =>
        (filter.And ?? []).Concat(filter.Or ?? []).Concat(filter.Not is null ? [] : [filter.Not]).SelectMany(f => Nested(f).Prepend(f));
}
