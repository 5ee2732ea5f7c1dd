using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

[ResolversFor("PromptVersion")]
internal sealed class PromptVersionStatsResolvers
{
    private static readonly TimeRange Always = new(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

    /// <summary>What the version's spans amount to, over all time when no range is given.</summary>
    public async Task<StatsView> Stats([Parent] PromptVersionView version, TimeRange? range, bool includePlayground, PromptVersionStatsLoader figures) =>
        await figures.LoadAsync(new(version.Project, version.PromptName, range ?? Always, includePlayground, version.Number)) is { } row
            ? StatsView.Of(row)
            : StatsView.Empty;
}
