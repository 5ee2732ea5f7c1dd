using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Api;

/// <summary>The verdicts on the traces of an answer, asked for together.</summary>
internal sealed class VerdictLoader(IVerdicts verdicts, IAccessControl access, Caller caller)
    : BatchLoader<(ProjectKey Project, string TraceId), VerdictView>
{
    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string TraceId), VerdictView>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string TraceId)> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ProjectKey, string), VerdictView>();
        foreach (var project in keys.GroupBy(k => k.Project, k => k.TraceId))
        {
            var scope = await access.RequireAsync(caller, project.Key, Permission.ReadTraces, cancellationToken);
            scope.RequireReviewReader();
            foreach (var (traceId, verdict) in await verdicts.ForTracesAsync(scope, [.. project], cancellationToken))
                found[(project.Key, traceId)] = verdict;
        }
        return found;
    }
}
