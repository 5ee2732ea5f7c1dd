using OpenTelemetry;
using OpenTelemetry.Metrics;
using Plumbline.Host.Configuration;
using Plumbline.Host.Telemetry;
using Plumbline.Host.Telemetry.Projects;

namespace Plumbline.Host.Tests.Telemetry;

public sealed class ProjectGaugesTests
{
    private const int Most = 3;

    [Fact]
    public void Show_ModelsComeAndGo_OnlyTheLatestAreSeen_HoweverManyThereWere()
    {
        using var gauges = new ProjectGauges(Most);
        var read = new LastValues();
        using var reader = new BaseExportingMetricReader(read);
        using var provider = Build(reader);
        for (var round = 0; round < 100; round++)
        {
            var models = Enumerable.Range(0, Most).Select(i => new ModelFigures("a/x", $"model-{round}-{i}", round, 0, 1, 2, 0.5m));
            gauges.Show(new([.. models], [new("a/x", round)]));
            Assert.True(reader.Collect());
            Assert.Equal([.. Enumerable.Range(0, Most).Select(i => $"model-{round}-{i}={round}")], read.Of("plumbline.project.gen_ai.requests"));
            Assert.Equal(2 * Most, read.Of("plumbline.project.gen_ai.tokens").Count);
            Assert.Equal([$"={round}"], read.Of("plumbline.project.hidden_traces"));
        }
        gauges.Show(ProjectFigures.None);
        Assert.True(reader.Collect());
        Assert.Empty(read.Of("plumbline.project.gen_ai.requests"));
    }

    private static MeterProvider Build(MetricReader reader)
    {
        var builder = Sdk.CreateMeterProviderBuilder();
        ServerMetrics.Configure(builder, new ServerOptions { Metrics = MetricsAudience.Off, Telemetry = new TelemetryOptions { MaxProjectSeries = Most } });
        return builder.AddReader(reader).Build();
    }

    private sealed class LastValues : BaseExporter<Metric>
    {
        private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

        public IReadOnlyList<string> Of(string name) => _values.TryGetValue(name, out var values) ? [.. values.Order(StringComparer.Ordinal)] : [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            _values.Clear();
            foreach (var metric in batch)
            {
                if (metric.MeterName != ProjectGauges.MeterName) continue;
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    var model = "";
                    foreach (var tag in point.Tags)
                        if (tag.Key == "gen_ai.request.model") model = $"{tag.Value}";
                    var value = metric.MetricType == MetricType.DoubleGauge ? point.GetGaugeLastValueDouble() : point.GetGaugeLastValueLong();
                    if (!_values.TryGetValue(metric.Name, out var values)) _values.Add(metric.Name, values = []);
                    values.Add($"{model}={value}");
                }
            }
            return ExportResult.Success;
        }
    }
}
