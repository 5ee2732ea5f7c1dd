using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Inputs;

namespace Plumbline.Features.Traces.Api;

/// <summary>What one caller may read in a project: permission, contents, and what they are blinded to.</summary>
internal sealed record ReadingScope(ProjectScope Access, BlindedSet Blinded)
{
    public bool ContentHidden => !Access.Has(Permission.ReadRawContent);

    /// <summary>The traces that lists, filters, facets and figures leave out. Not only those that a queue hides: what evaluators said of an output that the
    /// caller is still to judge stands in its trace, and a filter would find it there. An array: it goes along to grains.</summary>
    public string[] Hidden { get; } = Blinded.BlindedTraceIds.ToArray();

    public TraceView Show(TraceView trace) => ContentHidden ? ContentRedaction.Of(trace) : trace;

    public SpanView Show(SpanView span) => ContentHidden ? ContentRedaction.Of(span) : span;
}

/// <summary>Checks callers before anything of a project's traces is read.</summary>
internal sealed class ReadingGate(IAccessControl access, IBlinding blinding, TraceConditions conditions)
{
    public async ValueTask<ReadingScope> EnterAsync(ProjectKey project, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project, Permission.ReadTraces, cancellationToken);
        return new(scope, await blinding.ForAsync(scope, cancellationToken));
    }

    /// <summary>What the caller reads in, with the conditions that other slices know resolved.</summary>
    public async ValueTask<TraceScope> ScopeAsync(ReadingScope scope, TraceFilter? where, CancellationToken cancellationToken)
    {
        FilterSize.Require(where);
        return new() { Where = where, Hidden = scope.Hidden, Resolved = await conditions.ResolveAsync(scope, where, cancellationToken) };
    }

    /// <summary>Remembers what traces found by a filter tell of what reviewers said.</summary>
    public ValueTask RecordFoundAsync(ReadingScope scope, TraceFilter? where, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken) =>
        TraceConditions.TellVerdicts(where) ? conditions.RecordListedAsync(scope, traceIds, cancellationToken) : ValueTask.CompletedTask;
}
