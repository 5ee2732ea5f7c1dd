using System.Collections;
using Plumbline.Features.Access;
using Plumbline.Features.Comments;
using Plumbline.Features.Datasets;
using Plumbline.Features.Playground;
using Plumbline.Features.Projects;
using Plumbline.Features.Prompts;
using Plumbline.Features.Reviews;
using Plumbline.Features.Traces;

namespace Plumbline.Host.Configuration;

/// <summary>The limits of all slices, as environment variables with two underscores set them.</summary>
internal sealed class SliceLimits
{
    private static readonly Section[] Sections =
    [
        new Section<AccessOptions>("ACCESS"),
        new Section<CommentsOptions>("COMMENTS"),
        new Section<DatasetsOptions>("DATASETS"),
        new Section<PlaygroundOptions>("PLAYGROUND"),
        new Section<ProjectsOptions>("PROJECTS"),
        new Section<PromptsOptions>("PROMPTS"),
        new Section<ReviewsOptions>("REVIEWS"),
        new Section<TracesOptions>("TRACES"),
    ];

    private readonly Dictionary<Section, List<(Limit Limit, object Value)>> _set = [];

    private SliceLimits()
    {
    }

    /// <summary>None set.</summary>
    public static SliceLimits Defaults { get; } = new();

    /// <summary>Reads every variable with two underscores.</summary>
    public static SliceLimits Read(IDictionary environment, List<string> problems)
    {
        var read = new SliceLimits();
        foreach (var name in environment.Keys.OfType<string>().Where(IsLimit).Order(StringComparer.Ordinal))
            read.Read(name, (environment[name] as string ?? "").Trim(), problems);
        problems.AddRange(read.StoreFaults().Select(fault => $"PLUMBLINE_TRACES__STORE: {fault}"));
        return read;
    }

    public void Apply(IServiceCollection services)
    {
        foreach (var (section, values) in _set) section.Apply(services, values);
    }

    /// <summary>Every limit with its value, set or not.</summary>
    public IEnumerable<KeyValuePair<string, string>> All()
    {
        foreach (var section in Sections)
        {
            var options = section.Create(_set.GetValueOrDefault(section) ?? []);
            foreach (var limit in section.Limits) yield return new(limit.Variable, limit.Text(options));
        }
    }

    private static bool IsLimit(string name) =>
        name.StartsWith("PLUMBLINE_", StringComparison.OrdinalIgnoreCase) && name.Contains("__", StringComparison.Ordinal);

    private void Read(string name, string text, List<string> problems)
    {
        if (text.Length == 0) return;
        var section = Sections.FirstOrDefault(s => name.StartsWith(s.Variable + "__", StringComparison.OrdinalIgnoreCase));
        var limit = section?.Limits.FirstOrDefault(l => l.Variable.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (section is null || limit is null)
        {
            var known = section is null ? Sections.Select(s => s.Variable + "__…") : section.Limits.Select(l => l.Variable);
            problems.Add($"{name} is not a known limit; there are {string.Join(", ", known)}.");
            return;
        }
        if (limit.Parse(text) is { } value)
        {
            if (!_set.TryGetValue(section, out var values)) _set.Add(section, values = []);
            values.Add((limit, value));
        }
        else problems.Add($"{name} is '{text}'; allowed are {limit.Allowed}.");
    }

    private IReadOnlyList<string> StoreFaults()
    {
        var traces = new TracesOptions();
        foreach (var (limit, value) in _set.Where(s => s.Key is Section<TracesOptions>).SelectMany(s => s.Value)) limit.Set(traces, value);
        return traces.Store.Faults();
    }

    private abstract class Section(string slice, Type options)
    {
        public string Variable { get; } = $"PLUMBLINE_{slice}";

        public Limit[] Limits { get; } = [.. Limit.Of($"PLUMBLINE_{slice}", options)];

        public object Create(IReadOnlyList<(Limit Limit, object Value)> values)
        {
            var created = Activator.CreateInstance(options)!;
            foreach (var (limit, value) in values) limit.Set(created, value);
            return created;
        }

        public abstract void Apply(IServiceCollection services, IReadOnlyList<(Limit Limit, object Value)> values);
    }

    private sealed class Section<TOptions>(string slice) : Section(slice, typeof(TOptions)) where TOptions : class
    {
        public override void Apply(IServiceCollection services, IReadOnlyList<(Limit Limit, object Value)> values) => services.Configure<TOptions>(options =>
        {
            foreach (var (limit, value) in values) limit.Set(options, value);
        });
    }
}
