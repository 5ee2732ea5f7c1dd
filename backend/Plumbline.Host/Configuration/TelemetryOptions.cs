using System.Collections;

namespace Plumbline.Host.Configuration;

/// <summary>What the server tells about its own work, and to whom.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Where its spans go; null for nowhere.</summary>
    public OtlpTarget? Traces { get; init; }

    /// <summary>Where its metrics are sent; null for nowhere. Reading them at <c>/metrics</c> is another matter.</summary>
    public OtlpTarget? Metrics { get; init; }

    /// <summary>Whether both may go to this same server.</summary>
    public ExportToSelf ExportToSelf { get; init; } = ExportToSelf.Refuse;

    /// <summary>Whether the metrics tell of the model calls of each project.</summary>
    public ProjectMetrics Projects { get; init; } = ProjectMetrics.Off;

    /// <summary>Models, over all projects, and projects that are told apart in metrics; what is beyond is summed up.</summary>
    public int MaxProjectSeries { get; init; } = 200;

    /// <summary>Whether the standard variable turns all of it off, <c>/metrics</c> too.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The most that <see cref="MaxProjectSeries"/> may be: room for as many is taken at once.</summary>
    public const int MostProjectSeries = 10_000;

    /// <summary>Reads the settings and the standard variables of OpenTelemetry.</summary>
    /// <remarks>https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/</remarks>
    public static TelemetryOptions Read(SettingReader settings, IDictionary environment)
    {
        var defaults = new TelemetryOptions();
        var options = defaults with
        {
            ExportToSelf = settings.OneOf("--export-to-self", "PLUMBLINE_EXPORT_TO_SELF", defaults.ExportToSelf),
            Projects = settings.OneOf("--project-metrics", "PLUMBLINE_PROJECT_METRICS", defaults.Projects),
            MaxProjectSeries = settings.Count("--project-metrics-series", "PLUMBLINE_PROJECT_METRICS_SERIES", defaults.MaxProjectSeries, MostProjectSeries),
            IsDisabled = "true".Equals((environment["OTEL_SDK_DISABLED"] as string)?.Trim(), StringComparison.OrdinalIgnoreCase),
        };
        if (options.IsDisabled) return options;
        var variables = new OtlpVariables(environment, settings.Problems);
        return options with { Traces = variables.Read("TRACES", "v1/traces"), Metrics = variables.Read("METRICS", "v1/metrics") };
    }
}

/// <summary>What is done when the server's own telemetry would be sent to itself.</summary>
internal enum ExportToSelf
{
    /// <summary>The server does not start.</summary>
    Refuse,

    /// <summary>It is taken like any other.</summary>
    Allow,
}

/// <summary>Whether metrics tell projects and models apart.</summary>
internal enum ProjectMetrics
{
    Off,
    On,
}
