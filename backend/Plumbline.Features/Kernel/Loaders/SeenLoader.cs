using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Loaders;

/// <summary>Remembers which traces the caller sees, those of an answer together and before it goes out: a review that they give later can say that they had
/// seen the output. Resolvers of what a trace says, or of what others said of it, await this.</summary>
internal sealed class SeenLoader(ITraceOpenings openings, Caller caller)
    : BatchLoader<(ProjectKey Project, string TraceId, SeenKind Kind), SeenLoader.Recorded>
{
    /// <summary>That a trace is on record.</summary>
    internal sealed record Recorded;

    protected override int MaxBatchSize => 5_000;

    /// <summary>A list carries content of the trace.</summary>
    public Task ListAsync(ProjectKey project, string traceId) => SeeAsync(project, traceId, SeenKind.Listed);

    /// <summary>The trace is opened, or what shows it.</summary>
    public Task OpenAsync(ProjectKey project, string traceId) => SeeAsync(project, traceId, SeenKind.Opened);

    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string TraceId, SeenKind Kind), Recorded>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string TraceId, SeenKind Kind)> keys, CancellationToken cancellationToken)
    {
        foreach (var group in keys.GroupBy(k => (k.Project, k.Kind), k => k.TraceId))
            await openings.RecordAsync(group.Key.Project, caller.PersonId!, [.. group], group.Key.Kind, cancellationToken);
        return new Dictionary<(ProjectKey, string, SeenKind), Recorded>();
    }

    // A key that does nobody's work is nobody who reviews.
    private Task SeeAsync(ProjectKey project, string traceId, SeenKind kind) =>
        caller.PersonId is not { } person || openings.IsKnown(project, person, traceId, kind) ? Task.CompletedTask : LoadAsync((project, traceId, kind));
}
