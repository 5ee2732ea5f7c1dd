using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Comments.Api;

/// <summary>What was said about a trace, unless the caller may not know.</summary>
internal sealed record TraceComments(bool IsBlinded, IReadOnlyList<CommentView> Threads);

/// <summary>The comments on the traces of an answer: the caller is checked once, and only traces that have comments are asked for them.</summary>
internal sealed class CommentLoader(IAccessControl access, IBlinding blinding, Caller caller)
    : BatchLoader<(ProjectKey Project, string TraceId), TraceComments>
{
    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string TraceId), TraceComments>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string TraceId)> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ProjectKey, string), TraceComments>();
        foreach (var project in keys.GroupBy(k => k.Project, k => k.TraceId))
        {
            var scope = await access.RequireAsync(caller, project.Key, Permission.ReadTraces, cancellationToken);
            scope.RequireReviewReader();
            var blinded = (await blinding.ForAsync(scope, cancellationToken)).BlindedTraceIds;
            foreach (var traceId in project.Where(blinded.Contains)) found[(project.Key, traceId)] = new(true, []);
            var commented = (await scope.CommentedTraces().ListAsync()).ToHashSet(StringComparer.Ordinal);
            string[] asked = [.. project.Where(t => commented.Contains(t) && !blinded.Contains(t))];
            var threads = await Task.WhenAll(asked.Select(t => scope.Comments(t).ListAsync()));
            foreach (var (traceId, list) in asked.Zip(threads)) found[(project.Key, traceId)] = new(false, list);
        }
        return found;
    }
}
