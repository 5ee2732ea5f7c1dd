namespace Plumbline.Contracts.Reviews;

/// <summary>Who has opened which trace, so that a review can say that its author had seen it before.</summary>
public interface ITraceOpenings
{
    /// <summary>Remembers that a person opened a trace. Whoever answers <c>trace(id)</c> or a span of it calls this.</summary>
    ValueTask RecordAsync(ProjectKey project, string userId, string traceId, CancellationToken cancellationToken);

    /// <summary>Whether the person is known to have opened it.</summary>
    ValueTask<bool> HasOpenedAsync(ProjectKey project, string userId, string traceId, CancellationToken cancellationToken);
}
