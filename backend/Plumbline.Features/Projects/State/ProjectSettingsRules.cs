using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;

namespace Plumbline.Features.Projects.State;

/// <summary>What a project's settings may be.</summary>
internal static class ProjectSettingsRules
{
    /// <summary>The value, if it is allowed.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT, with what is allowed.</exception>
    public static int? Retention(int? days, ProjectsOptions options) => days is null || (days >= 1 && days <= options.MaxRetentionDays)
        ? days
        : throw Failure.BadInput($"retentionDays is {days}; allowed are 1 to {options.MaxRetentionDays}, or null to keep everything.");

    /// <summary>The settings with another rate from now on.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT, with what is allowed.</exception>
    public static ProjectSettings WithSampleRate(ProjectSettings settings, double rate, DateTimeOffset now, ProjectsOptions options)
    {
        if (rate is not (>= 0 and <= 1)) throw Failure.BadInput($"sampleRate is {rate}; allowed are 0 to 1.");
        if (rate == settings.SampleRate) return settings;
        var before = settings.SampleRates.IsDefaultOrEmpty ? [new SampleRateChange(DateTimeOffset.MinValue, settings.SampleRate)] : settings.SampleRates;
        return settings with { SampleRate = rate, SampleRates = [.. before.Add(new SampleRateChange(now, rate)).TakeLast(options.MaxSampleRateChanges)] };
    }

    /// <inheritdoc cref="Retention"/>
    public static ImmutableArray<RedactionRule> Redaction(IReadOnlyList<RedactionRule> rules, ProjectsOptions options)
    {
        if (rules.Count > options.MaxRedactionRules)
            throw Failure.BadInput($"There are {rules.Count} redaction rules; at most {options.MaxRedactionRules} are allowed.");
        return [.. rules.Select(r => Rule(r, options))];
    }

    private static RedactionRule Rule(RedactionRule rule, ProjectsOptions options)
    {
        var name = DisplayName.Require(rule.Name, "a redaction rule");
        if (rule.Kind != RedactionKind.Regex && rule.Pattern is not null)
            throw Failure.BadInput($"The redaction rule '{name}' has a pattern, which only rules of kind REGEX take.");
        if (rule.Kind == RedactionKind.Regex) RequirePattern(name, rule.Pattern, options);
        return rule with { Name = name };
    }

    private static void RequirePattern(string name, string? pattern, ProjectsOptions options)
    {
        if (string.IsNullOrEmpty(pattern) || pattern.Length > options.MaxPatternLength)
            throw Failure.BadInput($"The redaction rule '{name}' needs a pattern of 1 to {options.MaxPatternLength} characters.");
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            throw Failure.BadInput(
                $"The pattern of the redaction rule '{name}' cannot be used: {refused.Message} Look-around and back-references are not allowed, so "
                    + "that matching takes linear time.");
        }
    }
}
