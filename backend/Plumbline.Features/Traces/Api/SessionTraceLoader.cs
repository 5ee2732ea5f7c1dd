using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

/// <summary>The first traces of the sessions of an answer, oldest first. One page holds those of most; sessions of more traces than it has
/// room for are asked for by themselves.</summary>
internal sealed class SessionTraceLoader(ITraceReader reader, ReadingGate gate, IOptions<TracesOptions> options, Caller caller)
    : BatchLoader<(ProjectKey Project, string SessionId), IReadOnlyList<TraceView>>
{
    private readonly int _mostTraces = Math.Min(options.Value.MaxSessionTraces, options.Value.MaxPageSize);

    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string SessionId), IReadOnlyList<TraceView>>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string SessionId)> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ProjectKey, string), IReadOnlyList<TraceView>>();
        foreach (var project in keys.GroupBy(k => k.Project, k => k.SessionId))
        {
            var scope = await gate.EnterAsync(project.Key, caller, cancellationToken);
            string[] sessions = [.. project];
            var together = await AskAsync(project.Key, scope, sessions, options.Value.MaxPageSize, cancellationToken);
            var bySession = together.Items.ToLookup(t => t.SessionId, StringComparer.Ordinal);
            await Task.WhenAll(sessions.Select(async session =>
            {
                var traces = bySession[session];
                if (together.HasNextPage && traces.Count() < _mostTraces)
                    traces = (await AskAsync(project.Key, scope, [session], _mostTraces, cancellationToken)).Items;
                lock (found) found[(project.Key, session)] = [.. traces.Take(_mostTraces).Select(scope.Show)];
            }));
        }
        return found;
    }

    private ValueTask<Page<TraceView>> AskAsync(ProjectKey project, ReadingScope scope, string[] sessions, int first, CancellationToken cancellationToken) =>
        reader.TracesAsync(project, new()
        {
            Scope = new() { Where = new() { SessionId = new() { In = sessions } }, Hidden = scope.Hidden },
            Order = new(TraceOrderField.StartTime, OrderDirection.Asc),
            First = first,
        }, cancellationToken);
}
