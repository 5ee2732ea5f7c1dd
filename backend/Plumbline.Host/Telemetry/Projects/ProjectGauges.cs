using System.Diagnostics.Metrics;

namespace Plumbline.Host.Telemetry.Projects;

/// <summary>Shows the latest figures of the projects. Gauges, for a sum over traces can become smaller: with time, by erasure, and when traces are put into
/// review queues.</summary>
internal sealed class ProjectGauges(int mostProjectSeries) : IDisposable
{
    public const string MeterName = "Plumbline.Projects";
    private const string Window = "within the last 24 hours. Traces that anybody is still to review are left out. Every server says the same.";
    private const string OfHidden =
        "Traces that started within the last 24 hours and are left out of the figures of their project, because somebody is still to review them.";
    private readonly HashSet<(string Project, string? Model)> _shown = [];
    private volatile ProjectFigures _figures = ProjectFigures.None;
    private Meter? _meter;

    /// <summary>Most sets of labels of one gauge: the models told apart and the rest of each project, twice for two kinds of tokens; and some room for models
    /// that come and go.</summary>
    public static int MaxSeries(int most) => 8 * (most + 1);

    public void Show(ProjectFigures figures)
    {
        _shown.UnionWith(Series(figures));
        _figures = figures;
        if (_meter is not null && 2 * _shown.Count <= MaxSeries(mostProjectSeries)) return;
        // Whoever reads a meter remembers every set of labels that it ever showed: a new one begins without.
        _meter?.Dispose();
        _meter = NewMeter();
        _shown.Clear();
        _shown.UnionWith(Series(figures));
    }

    public void Dispose() => _meter?.Dispose();

    private static IEnumerable<(string Project, string? Model)> Series(ProjectFigures figures) =>
        figures.Models.Select(m => (m.Project, (string?)m.Model)).Concat(figures.Hidden.Select(h => (h.Project, (string?)null)));

    private Meter NewMeter()
    {
        var meter = new Meter(MeterName);
        meter.CreateObservableGauge("plumbline.project.gen_ai.requests", () => Models(m => m.Requests), "{request}", $"Model calls that started {Window}");
        meter.CreateObservableGauge("plumbline.project.gen_ai.errors", () => Models(m => m.Errors), "{request}", $"Failed model calls that started {Window}");
        meter.CreateObservableGauge("plumbline.project.gen_ai.tokens", Tokens, "{token}", $"Tokens of model calls that started {Window}");
        meter.CreateObservableGauge("plumbline.project.gen_ai.cost_usd", Costs, null, $"Dollars, where prices are known, of model calls that started {Window}");
        meter.CreateObservableGauge("plumbline.project.hidden_traces", Hidden, "{trace}", OfHidden);
        return meter;
    }

    private IEnumerable<Measurement<long>> Models(Func<ModelFigures, long> figure) => _figures.Models.Select(m => new Measurement<long>(figure(m), Labels(m)));

    private IEnumerable<Measurement<long>> Tokens() => _figures.Models.SelectMany(m => new[]
    {
        new Measurement<long>(m.InputTokens, [.. Labels(m), new("gen_ai.token.type", "input")]),
        new Measurement<long>(m.OutputTokens, [.. Labels(m), new("gen_ai.token.type", "output")]),
    });

    private IEnumerable<Measurement<double>> Costs() =>
        _figures.Models.Where(m => m.CostUsd is not null).Select(m => new Measurement<double>((double)m.CostUsd!, Labels(m)));

    private IEnumerable<Measurement<long>> Hidden() => _figures.Hidden.Select(h => new Measurement<long>(h.Count, Project(h.Project)));

    private static KeyValuePair<string, object?>[] Labels(ModelFigures m) => [Project(m.Project), new("gen_ai.request.model", m.Model)];

    private static KeyValuePair<string, object?> Project(string name) => new("plumbline.project", name);
}
