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
    IGrainFactory grains, IAccessControl access, DatasetGate gate, ExampleSource source, IBlinding blinding, IAuditLog audit,
    IContentRedactor redactor,
    IOptions<DatasetsOptions> options)
{
    public async Task<DatasetPayload> CreateDataset(CreateDatasetInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        await access.RequireAsync(caller, project, Permission.CurateDatasets, cancellationToken);
        DecideDataset.CheckName(input.Name, options.Value);
        var request = RequestKey.Of(caller, project.ToString(), "createDataset", input.RequestId, input);
        var datasetId = request?.Id ?? RandomId.New();
        await grains.GetGrain<IDatasetsGrain>(project.ToString()).Add(new DatasetName(datasetId, input.Name));
        var rules = await redactor.ForAsync(project, cancellationToken);
        var dataset = await gate.Grain(project, datasetId).Create(input.Name, rules.Text(input.Description), caller.ActorId, request);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.DatasetCreated, dataset.Id, project) with { Once = datasetId },
            cancellationToken);
        return new DatasetPayload(dataset);
    }

    public async Task<AddToDatasetPayload> AddToDataset(AddToDatasetInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, datasetId) = DatasetKey.Parse(input.DatasetId);
        var dataset = await gate.RequireCuratorAsync(caller, project, datasetId, cancellationToken);
        await dataset.Get();
        var request = RequestKey.Of(caller, project.ToString(), "addToDataset", input.RequestId, input);
        var items = await source.ReadAsync(project, input, caller, cancellationToken);
        var rules = await redactor.ForAsync(project, cancellationToken);
        var blinded = await blinding.ForAsync(project, caller.UserId, cancellationToken);
        items = [.. items.Select(i => i with { Content = rules.Show(i.Content) })];
        var added = await dataset.Add(items, caller.ActorId, [.. blinded.BlindedTraceIds], request);
        return new AddToDatasetPayload(added.Dataset, added.Added, added.Duplicates);
    }

    public async Task<DatasetItemPayload> UpdateDatasetItem(UpdateDatasetItemInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, datasetId, itemId) = DatasetItemKey.Parse(input.Id);
        var dataset = await gate.RequireCuratorAsync(caller, project, datasetId, cancellationToken);
        // The answer shows the whole example.
        await gate.RequireContentReaderAsync(caller, project, cancellationToken);
        var change = input.Read(itemId);
        var rules = await redactor.ForAsync(project, cancellationToken);
        var item = await dataset.Update(change with { Content = rules.Show(change.Content) }, caller.ActorId);
        return new DatasetItemPayload(DatasetItemModel.For(item, await blinding.ForAsync(project, caller.UserId, cancellationToken)));
    }

    public async Task<DatasetPayload> RemoveDatasetItems(RemoveDatasetItemsInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, datasetId) = DatasetKey.Parse(input.DatasetId);
        var dataset = await gate.RequireCuratorAsync(caller, project, datasetId, cancellationToken);
        if (input.ItemIds.Count > options.Value.MaxItemsPerCall) throw Failure.BadInput($"One call removes at most {options.Value.MaxItemsPerCall} items.");
        var items = input.ItemIds.Select(DatasetItemKey.Parse).ToList();
        if (items.Exists(i => i.Project != project || i.DatasetId != datasetId)) throw Failure.NotFound();
        var removed = await dataset.Remove([.. items.Select(i => i.ItemId)], caller.ActorId);
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
        var dataset = await gate.RequireCuratorAsync(caller, project, datasetId, cancellationToken);
        var note = (await redactor.ForAsync(project, cancellationToken)).Text(input.Note);
        var version = await dataset.Snapshot(note, caller.ActorId, RequestKey.Of(caller, project.ToString(), "snapshotDataset", input.RequestId, input));
        return new DatasetVersionPayload(await DatasetVersionModel.ForAsync(
            version, dataset, await blinding.ForAsync(project, caller.UserId, cancellationToken)));
    }
}
