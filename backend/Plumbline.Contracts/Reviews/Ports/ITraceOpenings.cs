namespace Plumbline.Contracts.Reviews;

/// <summary>Who has seen which trace, so that a review can say that its author had seen it before.</summary>
public interface ITraceOpenings
{
    /// <summary>Whether it is known here that the person has seen the trace that way, or in a stronger one: then there is nothing to
    /// record. Asks nobody.</summary>
    bool IsKnown(ProjectKey project, string userId, string traceId, SeenKind kind);

    /// <summary>Remembers that a person saw traces. Whoever answers with the content of a trace, or with what others said of it, calls this before the
    /// answer goes out.</summary>
    ValueTask RecordAsync(ProjectKey project, string userId, IReadOnlyCollection<string> traceIds, SeenKind kind, CancellationToken cancellationToken);

    /// <summary>How the person is known to have seen the trace, if they have. What was forgotten for want of room counts as seen in a list.</summary>
    /// <param name="startedAt">When the trace began: what was forgotten before that cannot have been of it. Null when it is not known.
    /// Asked only at need.</param>
    ValueTask<SeenKind?> FindAsync(
        ProjectKey project, string userId, string traceId, Func<ValueTask<DateTimeOffset?>> startedAt, CancellationToken cancellationToken);
}
