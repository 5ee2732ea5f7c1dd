using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

[ResolversFor("PromptVersion")]
internal sealed class PromptVersionStatsResolvers(ITraceReader reader, ReadingGate gate)
{
    private static readonly TimeRange Always = new(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

    /// <summary>What the version's spans amount to, over all time when no range is given.</summary>
    public async Task<StatsView> Stats(
        [Parent] PromptVersionView version, TimeRange? range, bool includePlayground, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(version.Project, caller, cancellationToken);
        var spans = new SpanFilter { PromptName = version.PromptName, PromptVersion = version.Number };
        var rows = await reader.StatsAsync(version.Project, new()
        {
            Range = range ?? Always,
            Where = includePlayground ? spans : PlaygroundTraffic.Without(spans),
            Hidden = scope.Hidden,
        }, cancellationToken);
        return rows.Count > 0 ? StatsView.Of(rows[0]) : StatsView.Empty;
    }
}
