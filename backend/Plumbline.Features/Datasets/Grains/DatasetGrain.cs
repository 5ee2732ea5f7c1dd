using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Datasets.State;
using Plumbline.Features.Grains;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Requests;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Datasets.Grains;

/// <summary>Keeps one dataset in its journal.</summary>
[GrainType("dataset")]
internal sealed class DatasetGrain(IObjectStore store, IOptions<DatasetsOptions> options, TimeProvider clock)
    : ErasableJournaledGrain<DatasetState, DatasetEvent>(store, "journals/dataset"), IDatasetGrain
{
    private ProjectKey _project;
    private string _datasetId = "";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _datasetId) = DatasetKey.Read(this.GetPrimaryKeyString()) ?? throw Failure.NotFound();
        await base.OnActivateAsync(cancellationToken);
    }

    public async Task<DatasetView> CreateAsync(string name, string? description, string by, RequestKey? request = null)
    {
        if (State.Exists && request is not null) request.RequireSame(State.RequestContent);
        else await WriteAsync([DecideDataset.Create(
            State, name, description, by, options.Value, clock.GetUtcNow()) with { RequestContent = request?.Content }]);
        return View();
    }

    public Task<DatasetView> GetAsync() => Task.FromResult(View());

    public async Task<AddedDatasetItems> AddAsync(
        ImmutableArray<NewDatasetItem> items, string by, ImmutableArray<string> withoutTraceIds, RequestKey? request = null)
    {
        if (AnsweredRequest.Find(State.Requests, request) is { } before) return new AddedDatasetItems(View(), before.Added, before.Duplicates);
        var (events, added, duplicates) = DecideDataset.Add(
            State, items, by, withoutTraceIds.ToHashSet(StringComparer.Ordinal), options.Value, clock.GetUtcNow(), request);
        await WriteAsync(events);
        return new AddedDatasetItems(View(), added, duplicates);
    }

    public async Task<DatasetItemView> UpdateAsync(DatasetItemChange change, string by, ImmutableArray<string> withoutTraceIds)
    {
        DecideDataset.RequireSeen(State, [change.ItemId], withoutTraceIds);
        await WriteAsync(DecideDataset.Update(State, change, by, options.Value, clock.GetUtcNow()));
        return View(State.Current[change.ItemId]);
    }

    public async Task<DatasetView> RemoveAsync(ImmutableArray<string> itemIds, string by, ImmutableArray<string> withoutTraceIds)
    {
        DecideDataset.RequireSeen(State, itemIds, withoutTraceIds);
        await WriteAsync(DecideDataset.Remove(State, itemIds, by, clock.GetUtcNow()));
        return View();
    }

    public async Task<int> EraseAsync(ImmutableArray<string> traceIds, string by)
    {
        var erased = DecideDataset.Erase(State, traceIds, by, clock.GetUtcNow());
        await WriteAsync(erased);
        await PurgeAsync();
        return erased.Sum(e => e.ItemIds.Length);
    }

    public async Task<DatasetVersionView> SnapshotAsync(string? note, string by, RequestKey? request = null)
    {
        if (AnsweredRequest.Find(State.Requests, request) is { } before) return State.Versions[before.Version - 1];
        await WriteAsync([DecideDataset.Snapshot(State, note, by, options.Value, clock.GetUtcNow(), request)]);
        return State.Versions[^1];
    }

    public Task<DatasetItemView> GetItemAsync(string itemId) => Task.FromResult(View(DecideDataset.RequireItem(State, itemId)));

    public Task<DatasetItemPage> GetItemsAsync(DatasetQuery query)
    {
        DecideDataset.RequireExists(State);
        if (query.Version is { } number && (number < 1 || number > State.Versions.Count))
            throw Failure.BadInput($"There is no version {number}; the dataset has {State.Versions.Count}.");
        var rows = RowsFor(query.Version, query.WithoutTraceIds).Where(r => query.Split is null || r.Content.Split == query.Split).ToList();
        var from = query.AfterItemId is null ? 0 : PositionAfter(query.AfterItemId);
        var rest = rows.Where(r => r.Position >= from).ToList();
        return Task.FromResult(new DatasetItemPage([.. rest.Take(query.First).Select(View)], rest.Count > query.First, rows.Count));
    }

    public Task<int> CountItemsAsync(int? version, ImmutableArray<string> withoutTraceIds) => Task.FromResult(RowsFor(version, withoutTraceIds).Count());

    public Task<ImmutableArray<DatasetVersionView>> GetVersionsAsync()
    {
        DecideDataset.RequireExists(State);
        return Task.FromResult<ImmutableArray<DatasetVersionView>>([.. Enumerable.Reverse(State.Versions)]);
    }

    public Task<ImmutableArray<SpanReference>> GetSpansAsync() =>
        Task.FromResult<ImmutableArray<SpanReference>>([.. State.Rows.Where(r => r.Lineage is not null).Select(r => r.Lineage!.Span).Distinct()]);

    public Task<ImmutableArray<string>> WhichTracesAsync(ImmutableArray<string> traceIds)
    {
        var wanted = traceIds.ToHashSet(StringComparer.Ordinal);
        return Task.FromResult<ImmutableArray<string>>([.. State.Current.Values.Select(r => r.Lineage?.Span.TraceId).OfType<string>().Where(wanted.Contains)
            .Distinct(StringComparer.Ordinal)]);
    }

    private IEnumerable<DatasetRow> RowsFor(int? version, ImmutableArray<string> withoutTraceIds)
    {
        var without = withoutTraceIds.ToHashSet(StringComparer.Ordinal);
        return State.RowsIn(version).Where(r => r.Lineage is null || !without.Contains(r.Lineage.Span.TraceId));
    }

    // The item of a cursor may have been removed meanwhile; its position is kept by whatever version held it.
    private int PositionAfter(string itemId) =>
        (State.Current.GetValueOrDefault(itemId) ?? State.Rows.Find(r => r.ItemId == itemId))?.Position + 1
            ?? throw Failure.BadInput("The cursor is none of this list. Start without it.");

    protected override DatasetEvent Purged() => new ErasedItemsPurged("", clock.GetUtcNow());

    private DatasetView View()
    {
        DecideDataset.RequireExists(State);
        return new DatasetView
        {
            Project = _project,
            DatasetId = _datasetId,
            Name = State.Name!,
            Description = State.Description,
            ItemCount = State.Current.Count,
            CreatedAt = State.CreatedAt,
        };
    }

    private DatasetItemView View(DatasetRow row) => new()
    {
        Project = _project,
        DatasetId = _datasetId,
        ItemId = row.ItemId,
        Content = row.Content,
        Lineage = row.Lineage,
        CreatedAt = row.CreatedAt,
    };
}
