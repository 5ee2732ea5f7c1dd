using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Reviews;

/// <summary>What a caller may not see yet because whoever they read for may still be asked to judge it. Computed by the server from the queues
/// of the project.</summary>
public interface IBlinding
{
    /// <summary>What the scope's viewer is blinded to in the project, as it is now. For <see cref="Viewer.Anybody"/> that is whatever somebody
    /// is still to judge.</summary>
    ValueTask<BlindedSet> ForAsync(ProjectScope scope, CancellationToken cancellationToken);
}

/// <summary>The spans and traces that one viewer is blinded to in one project. Ids are lower-case hexadecimal.</summary>
public sealed class BlindedSet(
    string version, IReadOnlySet<string> hiddenTraceIds, IReadOnlyDictionary<string, BlindingRules> rulesByTrace,
    IReadOnlySet<string> blindedTraceIds, IReadOnlySet<SpanReference> blindedSpans)
{
    private static readonly HashSet<string> NoTraces = [];

    public static BlindedSet None { get; } = new("0", NoTraces, new Dictionary<string, BlindingRules>(), NoTraces, new HashSet<SpanReference>());

    /// <summary>Changes whenever the set does; for caches and live queries.</summary>
    public string Version { get; } = version;

    /// <summary>Traces that a queue hides something of: opening one by id answers BLINDED.</summary>
    public IReadOnlySet<string> HiddenTraceIds { get; } = hiddenTraceIds;

    /// <summary>Traces that hold a blinded span: nothing that others said about them may be told, evaluators among them, so they are left out of whatever
    /// lists, filters or counts traces. Includes <see cref="HiddenTraceIds"/>.</summary>
    public IReadOnlySet<string> BlindedTraceIds { get; } = blindedTraceIds;

    /// <summary>The blinded spans themselves.</summary>
    public IReadOnlySet<SpanReference> BlindedSpans { get; } = blindedSpans;

    /// <summary>What is hidden of a trace: the strictest switches of all queues in which an output of it is still to be judged. Null for a trace
    /// that the viewer is not blinded to.</summary>
    public BlindingRules? RulesFor(string traceId) => rulesByTrace.GetValueOrDefault(traceId);

    /// <summary>The same set with more hidden of some of its traces.</summary>
    public BlindedSet With(IReadOnlyDictionary<string, BlindingRules> stricter)
    {
        var rules = new Dictionary<string, BlindingRules>(rulesByTrace);
        foreach (var (traceId, hides) in stricter) rules[traceId] = hides;
        var hidden = rules.Where(r => r.Value.HidesTraces).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var raised = string.Join(',', stricter.Keys.Order(StringComparer.Ordinal));
        return new BlindedSet($"{Version};{raised}", hidden, rules, BlindedTraceIds, BlindedSpans);
    }

    public bool IsEmpty => BlindedSpans.Count == 0;
}
