using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Datasets.State;
using Plumbline.Features.Kernel.Ids;
using Plumbline.GraphQL;

namespace Plumbline.Features.Datasets.Api;

[ResolversFor("Mutation")]
internal sealed class DatasetMutations(
    DatasetGate gate, ExampleSource source, IBlinding blinding, IAuditLog audit, IContentRedactor redactor,
    IOptions<DatasetsOptions> options)
{
    public async Task<DatasetPayload> CreateDataset(CreateDatasetInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        var scope = await gate.EnterToCurateAsync(caller, project, cancellationToken);
        DecideDataset.CheckName(input.Name, options.Value);
        var request = RequestKey.Of(caller, project.ToString(), "createDataset", input.RequestId, input);
        var datasetId = request?.Id ?? RandomId.New();
        await scope.Datasets().AddAsync(new DatasetName(datasetId, input.Name));
        var rules = await redactor.ForAsync(project, cancellationToken);
        var dataset = await scope.Dataset(datasetId).CreateAsync(input.Name, rules.Text(input.Description), caller.ActorId, request);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.DatasetCreated, dataset.Id, project) with { Once = datasetId },
            cancellationToken);
        return new DatasetPayload(dataset);
    }

    public async Task<AddToDatasetPayload> AddToDataset(AddToDatasetInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, datasetId) = DatasetKey.Parse(input.DatasetId);
        var scope = await gate.EnterToCurateAsync(caller, project, cancellationToken);
        var dataset = scope.Dataset(datasetId);
        await dataset.GetAsync();
        var request = RequestKey.Of(caller, project.ToString(), "addToDataset", input.RequestId, input);
        var items = await source.ReadAsync(scope, input, cancellationToken);
        var rules = await redactor.ForAsync(project, cancellationToken);
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        items = [.. items.Select(i => i with { Content = rules.Show(i.Content) })];
        var added = await dataset.AddAsync(items, caller.ActorId, [.. blinded.BlindedTraceIds], request);
        return new AddToDatasetPayload(added.Dataset, added.Added, added.Duplicates);
    }

    public async Task<DatasetItemPayload> UpdateDatasetItem(UpdateDatasetItemInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, datasetId, itemId) = DatasetItemKey.Parse(input.Id);
        var scope = await gate.EnterToCurateAsync(caller, project, cancellationToken);
        var dataset = scope.Dataset(datasetId);
        // The answer shows the whole example.
        DatasetGate.RequireContentReader(scope);
        var change = input.Read(itemId);
        var rules = await redactor.ForAsync(project, cancellationToken);
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        var item = await dataset.UpdateAsync(change with { Content = rules.Show(change.Content) }, caller.ActorId, [.. blinded.BlindedTraceIds]);
        return new DatasetItemPayload(DatasetItemModel.For(item, blinded, scope));
    }

    public async Task<DatasetPayload> RemoveDatasetItems(RemoveDatasetItemsInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, datasetId) = DatasetKey.Parse(input.DatasetId);
        var scope = await gate.EnterToCurateAsync(caller, project, cancellationToken);
        var dataset = scope.Dataset(datasetId);
        if (input.ItemIds.Count > options.Value.MaxItemsPerCall) throw Failure.BadInput($"One call removes at most {options.Value.MaxItemsPerCall} items.");
        var items = input.ItemIds.Select(DatasetItemKey.Parse).ToList();
        if (items.Exists(i => i.Project != project || i.DatasetId != datasetId)) throw Failure.NotFound();
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        var removed = await dataset.RemoveAsync([.. items.Select(i => i.ItemId)], caller.ActorId, [.. blinded.BlindedTraceIds]);
        var entry = AuditEntry.By(caller, AuditActions.DatasetItemsRemoved, input.DatasetId, project, $"{{\"items\":{items.Count}}}");
        await audit.AppendAsync(project.Organization, entry with { Once = OnceFor(input.ItemIds) }, cancellationToken);
        return new DatasetPayload(removed);
    }

    // To remove the same again is the same deed.
    private static string OnceFor(IEnumerable<string> itemIds) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', itemIds.Order(StringComparer.Ordinal)))));

    public async Task<DatasetVersionPayload> SnapshotDataset(SnapshotDatasetInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, datasetId) = DatasetKey.Parse(input.DatasetId);
        var scope = await gate.EnterToCurateAsync(caller, project, cancellationToken);
        var dataset = scope.Dataset(datasetId);
        var note = (await redactor.ForAsync(project, cancellationToken)).Text(input.Note);
        var version = await dataset.SnapshotAsync(note, caller.ActorId, RequestKey.Of(caller, project.ToString(), "snapshotDataset", input.RequestId, input));
        return new DatasetVersionPayload(await DatasetVersionModel.ForAsync(
            version, dataset, await blinding.ForAsync(scope, cancellationToken)));
    }
}
