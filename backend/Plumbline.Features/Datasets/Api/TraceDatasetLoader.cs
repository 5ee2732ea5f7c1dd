using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Datasets.Api;

/// <summary>The datasets that the traces of an answer are in, asked for together. Whoever is blinded to a trace sees it in none.</summary>
internal sealed class TraceDatasetLoader(IDatasetDirectory datasets, IBlinding blinding, DatasetGate gate, Caller caller)
    : BatchLoader<(ProjectKey Project, string TraceId), IReadOnlyList<DatasetView>>
{
    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string TraceId), IReadOnlyList<DatasetView>>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string TraceId)> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ProjectKey, string), IReadOnlyList<DatasetView>>();
        foreach (var project in keys.GroupBy(k => k.Project, k => k.TraceId))
        {
            var scope = await gate.EnterAsync(caller, project.Key, cancellationToken);
            var blinded = await blinding.ForAsync(scope, cancellationToken);
            var visible = project.Where(t => !blinded.BlindedTraceIds.Contains(t)).ToArray();
            foreach (var holders in await datasets.OfTracesAsync(scope, visible, cancellationToken)) found[(project.Key, holders.Key)] = [.. holders];
        }
        return found;
    }
}
