namespace Plumbline.Contracts.Reviews;

/// <summary>What anybody is still to judge, for whatever has no viewer who could be blinded: metrics, alerts, digests. Those leave it out and say how much
/// it was.</summary>
public interface IPendingTraces
{
    /// <summary>The traces of a project with an item that a reviewer may still be given, as it is now; ids in lower-case hexadecimal. In a queue that
    /// everybody may join, reviewers are those who have joined; a review that may still be taken back counts as not given, and decides nothing.</summary>
    ValueTask<IReadOnlySet<string>> ListAsync(ProjectKey project, CancellationToken cancellationToken);
}
