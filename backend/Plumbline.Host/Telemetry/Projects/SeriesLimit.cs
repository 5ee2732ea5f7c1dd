namespace Plumbline.Host.Telemetry.Projects;

/// <summary>Keeps the number of series within bounds, whatever senders call their models: so many projects and so many models over all projects are told
/// apart, those with the most calls, and the rest is summed up.</summary>
internal static class SeriesLimit
{
    /// <summary>The name of what is summed up. A model or project of this name is counted in.</summary>
    public const string Other = "other";

    /// <summary>The longest name of a model that is shown; a longer one is cut.</summary>
    public const int LongestModel = 120;

    public static ProjectFigures Apply(ProjectFigures figures, int most)
    {
        var projects = Largest(figures.Models.Select(m => (m.Project, m.Requests)).Concat(figures.Hidden.Select(h => (h.Project, 0L))), most);
        var models = Sum(figures.Models.Select(m => m with { Project = Named(m.Project, projects), Model = Cut(m.Model) }));
        var told = Largest(models.Select(m => ((m.Project, m.Model), m.Requests)), most);
        return new(
            Sum(models.Select(m => told.Contains((m.Project, m.Model)) ? m : m with { Model = Other })),
            [.. figures.Hidden.GroupBy(h => Named(h.Project, projects), StringComparer.Ordinal).Select(g => new HiddenTraces(g.Key, g.Sum(h => h.Count)))]);
    }

    private static string Named(string project, HashSet<string> projects) => projects.Contains(project) ? project : Other;

    private static string Cut(string model) => model.Length > LongestModel ? model[..LongestModel] : model;

    private static HashSet<T> Largest<T>(IEnumerable<(T Key, long Requests)> counted, int most)
    {
        var sums = counted.GroupBy(c => c.Key, (key, group) => (Key: key, Requests: group.Sum(c => c.Requests)));
        return [.. sums.OrderByDescending(s => s.Requests).ThenBy(s => $"{s.Key}", StringComparer.Ordinal).Take(most).Select(s => s.Key)];
    }

    private static List<ModelFigures> Sum(IEnumerable<ModelFigures> models) =>
        [.. models.GroupBy(m => (m.Project, m.Model)).Select(g => g.Aggregate((a, b) => a + b))];
}
