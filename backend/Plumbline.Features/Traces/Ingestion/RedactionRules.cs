using System.Collections.Concurrent;
using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Otlp.Redaction;

namespace Plumbline.Features.Traces.Ingestion;

/// <summary>Each project's redaction rules, compiled once for as long as they stay the same: by what they say, since another process sends
/// them as new objects each time.</summary>
internal sealed class RedactionRules
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<ProjectKey, Compiled> _known = new();

    /// <summary>What applies the rules; null when there are none.</summary>
    public Redactor? Compile(ProjectKey project, ImmutableArray<RedactionRule> rules)
    {
        if (rules.IsDefaultOrEmpty) return null;
        if (_known.TryGetValue(project, out var before) && before.Rules.AsSpan().SequenceEqual(rules.AsSpan())) return before.Redactor;
        return (_known[project] = new Compiled(rules, new Redactor(rules.Select(Pattern), Timeout))).Redactor;
    }

    private static RedactionPattern Pattern(RedactionRule rule) => new(rule.Name, (RedactedKind)(int)rule.Kind, rule.Pattern, (RedactedAs)(int)rule.Action);

    private sealed record Compiled(ImmutableArray<RedactionRule> Rules, Redactor Redactor);
}
