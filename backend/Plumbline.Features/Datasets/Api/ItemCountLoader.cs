using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Datasets.Api;

/// <summary>How many examples the caller may know of in each dataset of an answer. The caller is checked, and what they are
/// blinded to is found out, once.</summary>
internal sealed class ItemCountLoader(IBlinding blinding, DatasetGate gate, Caller caller)
    : BatchLoader<(ProjectKey Project, string DatasetId, int All), int>
{
    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string DatasetId, int All), int>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string DatasetId, int All)> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ProjectKey, string, int), int>();
        foreach (var project in keys.GroupBy(k => k.Project))
        {
            var scope = await gate.EnterAsync(caller, project.Key, cancellationToken);
            var blinded = await blinding.ForAsync(scope, cancellationToken);
            var counts = await Task.WhenAll(project.Select(d =>
                blinded.IsEmpty ? Task.FromResult(d.All) : scope.Dataset(d.DatasetId).CountItemsAsync(null, [.. blinded.BlindedTraceIds])));
            foreach (var (dataset, count) in project.Zip(counts)) found[dataset] = count;
        }
        return found;
    }
}
