using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Features.Datasets.Api;

[ResolversFor("Project")]
internal sealed class ProjectDatasetResolvers(DatasetGate gate)
{
    public async Task<IReadOnlyList<DatasetView>> Datasets([Parent] ProjectView project, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(caller, project.Key, cancellationToken);
        var names = await scope.Datasets().ListAsync();
        var found = await Task.WhenAll(names.Select(n => DatasetGate.FindAsync(scope, n.DatasetId)));
        return [.. found.OfType<DatasetView>()];
    }

    public async Task<DatasetView?> Dataset([Parent] ProjectView project, string? id, string? name, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(caller, project.Key, cancellationToken);
        if ((id is null) == (name is null)) throw Failure.BadInput("Give the id or the name of the dataset, one of both.");
        if (id is not null)
        {
            var known = DatasetKey.Parse(id).In(project.Key);
            return await DatasetGate.FindAsync(scope, known.DatasetId) ?? throw Failure.NotFound();
        }
        var names = await scope.Datasets().ListAsync();
        var named = names.FirstOrDefault(n => string.Equals(n.Name, name, StringComparison.OrdinalIgnoreCase));
        return named is null ? null : await DatasetGate.FindAsync(scope, named.DatasetId);
    }
}

[ResolversFor("Dataset")]
internal sealed class DatasetResolvers(DatasetGate gate, IBlinding blinding)
{
    public Task<int> ItemCount([Parent] DatasetView dataset, ItemCountLoader counts) =>
        counts.LoadAsync((dataset.Project, dataset.DatasetId, dataset.ItemCount));

    public async Task<Connection<DatasetItemModel>> Items(
        [Parent] DatasetView dataset, int first, string? after, int? version, string? split, Caller caller,
        CancellationToken cancellationToken)
    {
        var scope = await gate.EnterToReadContentAsync(caller, dataset.Project, cancellationToken);
        var size = Connection.RequirePageSize(first);
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        var query = new DatasetQuery(size, after is null ? null : Cursor.Decode(after), version, split) { WithoutTraceIds = [.. blinded.BlindedTraceIds] };
        var page = await scope.Dataset(dataset.DatasetId).GetItemsAsync(query);
        return Connection.From(
            [.. page.Items.Select(i => DatasetItemModel.For(i, blinded, scope))], i => Cursor.Encode(i.Item.ItemId), page.HasNext,
            after is not null, page.Total);
    }

    public async Task<IReadOnlyList<DatasetVersionModel>> Versions([Parent] DatasetView dataset, ScopeLoader scopes, CancellationToken cancellationToken)
    {
        var scope = await scopes.EnterAsync(dataset.Project);
        var grain = scope.Dataset(dataset.DatasetId);
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        return await Task.WhenAll((await grain.GetVersionsAsync()).Select(v => DatasetVersionModel.ForAsync(v, grain, blinded)));
    }
}

/// <summary>What an example says is what the output says that it was made of, or what others said of that.</summary>
[ResolversFor("DatasetItem")]
internal sealed class DatasetItemResolvers
{
    public Task<RawJson> Inputs([Parent] DatasetItemModel item, SeenLoader seen) => SeenAsync(item, seen, item.Inputs);

    public Task<string?> Output([Parent] DatasetItemModel item, SeenLoader seen) => SeenAsync(item, seen, item.Output);

    public Task<string?> Expected([Parent] DatasetItemModel item, SeenLoader seen) => SeenAsync(item, seen, item.Expected);

    public Task<Label?> Label([Parent] DatasetItemModel item, SeenLoader seen) => SeenAsync(item, seen, item.Label);

    public Task<string?> Reasoning([Parent] DatasetItemModel item, SeenLoader seen) => SeenAsync(item, seen, item.Reasoning);

    private static async Task<T> SeenAsync<T>(DatasetItemModel item, SeenLoader seen, T content)
    {
        if (item.Item.Lineage is { } lineage) await seen.OpenAsync(item.Item.Project, lineage.Span.TraceId);
        return content;
    }
}

[ResolversFor("DatasetVersion")]
internal sealed class DatasetVersionResolvers
{
    public async Task<UserView> CreatedBy([Parent] DatasetVersionModel version, UserLoader users) => await users.GetAsync(version.Version.CreatedById);
}

[ResolversFor("Trace")]
internal sealed class TraceDatasetResolvers
{
    public async Task<IReadOnlyList<DatasetView>> Datasets([Parent] TraceView trace, TraceDatasetLoader datasets) =>
        await datasets.LoadAsync((trace.Project, trace.TraceId)) ?? [];
}

/// <summary>Datasets by <c>node(id)</c>.</summary>
internal sealed class DatasetNode(IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.Dataset;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (DatasetKey.Read(key) is not var (project, datasetId)) return null;
        var scope = await access.RequireAsync(caller, project, cancellationToken);
        return DatasetGate.MayRead(scope) ? await DatasetGate.FindAsync(scope, datasetId) : null;
    }
}

/// <summary>Examples by <c>node(id)</c>.</summary>
internal sealed class DatasetItemNode(IAccessControl access, IBlinding blinding) : INodeResolver
{
    public string Kind => NodeKinds.DatasetItem;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (DatasetItemKey.Read(key) is not var (project, datasetId, itemId)) return null;
        var scope = await access.RequireAsync(caller, project, cancellationToken);
        if (!DatasetGate.MayReadContent(scope)) return null;
        var item = DatasetItemModel.For(await scope.Dataset(datasetId).GetItemAsync(itemId), await blinding.ForAsync(scope, cancellationToken), scope);
        return item.Blinded ? null : item; // that it is there may be what others said
    }
}
