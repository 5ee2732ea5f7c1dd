using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumbline.Contracts.Projects;
using Plumbline.Otlp.Redaction;

namespace Plumbline.Features.Traces.Ingestion;

/// <summary>A project's redaction rules, compiled once for as long as they stay the same.</summary>
internal static class RedactionRules
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private static readonly ConditionalWeakTable<object, Redactor> Compiled = [];

    public static IRedactor? Compile(ImmutableArray<RedactionRule> rules) =>
        rules.IsDefaultOrEmpty ? null : Compiled.GetValue(ImmutableCollectionsMarshal.AsArray(rules)!, _ => new Redactor(rules.Select(Pattern), Timeout));

    private static RedactionPattern Pattern(RedactionRule rule) => new(rule.Name, (RedactedKind)(int)rule.Kind, rule.Pattern, (RedactedAs)(int)rule.Action);
}
