namespace Plumbline.Contracts.Reviews;

/// <summary>What somebody has been given to judge: from then on it stays as it was shown, so that all judge the same and a verdict is of what it stands
/// beside.</summary>
public interface IJudgedSpans
{
    /// <summary>The spans of these traces that have been given to a reviewer, or whose right answer is known; ids in lower-case hexadecimal.</summary>
    ValueTask<IReadOnlySet<SpanReference>> AmongAsync(ProjectKey project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken);
}
