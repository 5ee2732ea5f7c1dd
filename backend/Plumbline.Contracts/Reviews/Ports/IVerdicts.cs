using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Reviews;

/// <summary>What reviewers agreed on about traces and spans, as far as the viewer may know it.</summary>
public interface IVerdicts
{
    /// <summary>The verdicts on traces; those without one, or that the viewer is blinded to, are missing.</summary>
    ValueTask<IReadOnlyDictionary<string, VerdictView>> ForTracesAsync(
        ProjectScope scope, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken);

    /// <summary>The verdict on a span, or null.</summary>
    ValueTask<VerdictView?> ForSpanAsync(ProjectScope scope, SpanReference span, CancellationToken cancellationToken);

    /// <summary>Every trace with a verdict that the viewer may know, for filters.</summary>
    ValueTask<IReadOnlyDictionary<string, VerdictView>> AllAsync(ProjectScope scope, CancellationToken cancellationToken);

    /// <summary>Every trace with an item in the queue, less those hidden from the viewer, for filters. Empty for an unknown queue.</summary>
    ValueTask<IReadOnlySet<string>> TracesInQueueAsync(ProjectScope scope, string queueId, CancellationToken cancellationToken);
}
