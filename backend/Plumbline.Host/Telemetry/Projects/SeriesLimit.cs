namespace Plumbline.Host.Telemetry.Projects;

/// <summary>Keeps the number of series within bounds, whatever senders call their models: so many projects and so many models over all projects are told apart, those with the most calls, and the rest is summed up.</summary>
internal static class SeriesLimit
{
    /// <summary>The name of what is summed up. A model or project of this name is counted in.</summary>
    public const string Other = "other";

    /// <summary>The longest name of a model that is told; a longer one is cut.</summary>
    public const int LongestModel = 120;

    public static ProjectFigures Apply(ProjectFigures figures, int most)
    {
        var named = Largest(figures.Models.Select(m => (m.Project, m.Requests)).Concat(figures.Hidden.Select(h => (h.Project, 0L))), most);
        var models = Sum(figures.Models.Select(m => m with { Project = named.Contains(m.Project) ? m.Project : Other, Model = m.Model.Length > LongestModel ? m.Model[..LongestModel] : m.Model }));
        var told = Largest(models.Select(m => ((m.Project, m.Model), m.Requests)), most);
        return new(
            Sum(models.Select(m => told.Contains((m.Project, m.Model)) ? m : m with { Model = Other })),
            [.. figures.Hidden.GroupBy(h => named.Contains(h.Project) ? h.Project : Other, StringComparer.Ordinal).Select(g => new HiddenTraces(g.Key, g.Sum(h => h.Count)))]);
    }

    private static HashSet<T> Largest<T>(IEnumerable<(T Key, long Requests)> counted, int most) =>
        [.. counted.GroupBy(c => c.Key).OrderByDescending(g => g.Sum(c => c.Requests)).ThenBy(g => $"{g.Key}", StringComparer.Ordinal).Take(most).Select(g => g.Key)];

    private static List<ModelFigures> Sum(IEnumerable<ModelFigures> models) =>
        [.. models.GroupBy(m => (m.Project, m.Model)).Select(g => g.Aggregate((a, b) => a + b))];
}
