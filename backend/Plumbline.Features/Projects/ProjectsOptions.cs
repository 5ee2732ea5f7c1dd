using System.ComponentModel.DataAnnotations;

namespace Plumbline.Features.Projects;

/// <summary>Limits of projects.</summary>
public sealed class ProjectsOptions
{
    /// <summary>Projects of an organization. 500.</summary>
    [Range(1, int.MaxValue)]
    public int MaxProjectsPerOrganization { get; set; } = 500;

    /// <summary>Redaction rules of a project. 50.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRedactionRules { get; set; } = 50;

    /// <summary>Longest pattern of a redaction rule. 1,000 characters.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPatternLength { get; set; } = 1_000;

    /// <summary>Changes of the sample rate that are remembered; traces from before the first of them are kept. 200.</summary>
    [Range(1, 10_000)]
    public int MaxSampleRateChanges { get; set; } = 200;

    /// <summary>Longest retention. 3,650 days.</summary>
    [Range(1, 36_500)]
    public int MaxRetentionDays { get; set; } = 3_650;
}
