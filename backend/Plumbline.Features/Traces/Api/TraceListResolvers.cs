using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Features.Traces.Api;

[ResolversFor("Project")]
internal sealed class TraceListResolvers(ITraceReader reader, ReadingGate gate, TraceOpening opening, IOptions<TracesOptions> options)
{
    public async Task<Connection<TraceView>> Traces(
        [Parent] ProjectView project, int first, string? after, TraceFilter? where, TraceOrder? orderBy, [IsSelected("totalCount")] bool wantTotalCount,
        Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(project.Key, caller, cancellationToken);
        var page = await reader.TracesAsync(project.Key, new()
        {
            Scope = await gate.ScopeAsync(scope, where, cancellationToken),
            Order = orderBy ?? new(TraceOrderField.StartTime, OrderDirection.Desc),
            First = PageSize(first),
            After = after,
            WantTotalCount = wantTotalCount,
        }, cancellationToken);
        await gate.RecordFoundAsync(scope, where, [.. page.Items.Select(t => t.TraceId)], cancellationToken);
        return page.ToConnection(scope.Show, after);
    }

    public async Task<TraceView?> Trace([Parent] ProjectView project, string id, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(project.Key, caller, cancellationToken);
        var opened = await opening.OpenAsync(scope, TraceKey.Within(project.Key, id).TraceId, cancellationToken);
        return opened?.Trace ?? throw Failure.NotFound();
    }

    public async Task<Connection<SpanView>> Spans(
        [Parent] ProjectView project, int first, string? after, SpanFilter? where, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(project.Key, caller, cancellationToken);
        FilterSize.Require(where);
        var page = await reader.SpansAsync(
            project.Key, new() { Where = where, Hidden = scope.Hidden, First = PageSize(first), After = after }, cancellationToken);
        return page.ToConnection(scope.Show, after);
    }

    public async Task<Connection<SessionView>> Sessions(
        [Parent] ProjectView project, int first, string? after, TraceFilter? where, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(project.Key, caller, cancellationToken);
        var page = await reader.SessionsAsync(
            project.Key, new() { Scope = await gate.ScopeAsync(scope, where, cancellationToken), First = PageSize(first), After = after },
            cancellationToken);
        return page.ToConnection(s => s, after);
    }

    public async Task<IReadOnlyList<FacetValue>> Facets(
        [Parent] ProjectView project, FacetField field, TimeRange range, string? prefix, int first, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(project.Key, caller, cancellationToken);
        return await reader.FacetsAsync(
            project.Key, new() { Field = field, Range = range, Prefix = prefix, First = PageSize(first), Hidden = scope.Hidden },
            cancellationToken);
    }

    public async Task<IReadOnlyList<StatsView>> Stats(
        [Parent] ProjectView project, TimeRange range, TimeBucket? bucket, IReadOnlyList<FacetField>? groupBy, SpanFilter? where, bool includePlayground,
        Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(project.Key, caller, cancellationToken);
        FilterSize.Require(where);
        if (groupBy?.Count > options.Value.MaxGroupFields) throw Failure.BadInput($"groupBy may name at most {options.Value.MaxGroupFields} fields.");
        var rows = await reader.StatsAsync(
            project.Key, new()
            {
                Range = range,
                Bucket = bucket,
                GroupBy = groupBy ?? [],
                Where = includePlayground ? where : PlaygroundTraffic.Without(where),
                Hidden = scope.Hidden,
            },
            cancellationToken);
        return [.. rows.Select(StatsView.Of)];
    }

    private int PageSize(int first) =>
        first >= 1 && first <= options.Value.MaxPageSize ? first : throw Failure.BadInput($"first must be from 1 to {options.Value.MaxPageSize}.");
}
