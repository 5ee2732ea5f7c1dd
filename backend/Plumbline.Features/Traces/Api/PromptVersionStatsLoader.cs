using System.Globalization;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

/// <summary>A version, and which of its spans count.</summary>
internal readonly record struct VersionFigures(ProjectKey Project, string PromptName, TimeRange Range, bool IncludePlayground, int Number);

/// <summary>Figures of versions: those of one prompt come from one scan, in groups by version, however many they are.</summary>
internal sealed class PromptVersionStatsLoader(ITraceReader reader, ReadingGate gate, Caller caller) : BatchLoader<VersionFigures, StatsPart>
{
    protected override Task<IReadOnlyDictionary<VersionFigures, StatsPart>> LoadBatchAsync(
        IReadOnlyList<VersionFigures> keys, CancellationToken cancellationToken) => ReadAsync(keys, cancellationToken);

    /// <summary>The figures of versions that have any.</summary>
    internal async Task<IReadOnlyDictionary<VersionFigures, StatsPart>> ReadAsync(
        IReadOnlyList<VersionFigures> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<VersionFigures, StatsPart>();
        foreach (var versions in keys.GroupBy(k => k with { Number = 0 }))
        {
            var rows = await RowsAsync([.. versions], cancellationToken);
            foreach (var version in versions)
            {
                if (rows.TryGetValue(version.Number, out var row)) found[version] = row;
            }
        }
        return found;
    }

    private async Task<Dictionary<int, StatsPart>> RowsAsync(VersionFigures[] versions, CancellationToken cancellationToken)
    {
        var of = versions[0];
        var scope = await gate.EnterAsync(of.Project, caller, cancellationToken);
        // One version alone is found by the store without grouping.
        var isOne = versions.Length == 1;
        var spans = new SpanFilter { PromptName = of.PromptName, PromptVersion = isOne ? of.Number : null };
        var rows = await reader.StatsAsync(of.Project, new()
        {
            Range = of.Range,
            Where = of.IncludePlayground ? spans : PlaygroundTraffic.Without(spans),
            GroupBy = isOne ? [] : [FacetField.PromptVersion],
            Hidden = scope.Hidden,
        }, cancellationToken);
        if (isOne) return rows.Take(1).ToDictionary(_ => of.Number);
        var wanted = versions.ToDictionary(
            v => $"{v.PromptName}@{v.Number.ToString(CultureInfo.InvariantCulture)}", v => v.Number, StringComparer.Ordinal);
        return rows.Where(r => wanted.ContainsKey(r.Group[0])).ToDictionary(r => wanted[r.Group[0]], r => r with { Group = [] });
    }
}
