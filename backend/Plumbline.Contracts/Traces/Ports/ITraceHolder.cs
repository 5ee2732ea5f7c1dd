namespace Plumbline.Contracts.Traces;

/// <summary>What a slice keeps about traces: copies of their content, or things said of them. Each slice that keeps any registers one, so
/// that erasure reaches it and sampling leaves those traces alone.</summary>
public interface ITraceHolder
{
    HeldThing Thing { get; }

    /// <summary>The traces that something is kept about.</summary>
    ValueTask<IReadOnlySet<string>> HeldAsync(ProjectKey project, CancellationToken cancellationToken);

    /// <summary>Deletes whatever is kept about these traces, on disk too. Asked before the spans themselves go; may be asked again for the
    /// same traces.</summary>
    /// <returns>How many things were deleted.</returns>
    ValueTask<int> EraseAsync(ProjectKey project, IReadOnlyList<string> traceIds, CancellationToken cancellationToken);
}
