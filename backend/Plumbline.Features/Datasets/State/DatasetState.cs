using System.Text.Json.Serialization;
using Plumbline.Contracts.Datasets;
using Plumbline.Features.Grains;
using Plumbline.Features.Kernel.Requests;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Datasets.State;

/// <summary>One content of one item, and the versions that hold it. Frozen rows never change: an update ends a row and begins the next.</summary>
internal sealed class DatasetRow
{
    public required string ItemId { get; init; }

    /// <summary>The item's place in the order of adding; all its rows share it.</summary>
    public required int Position { get; init; }

    public required DatasetContent Content { get; set; }

    public DatasetLineage? Lineage { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first version that holds it.</summary>
    public required int Since { get; init; }

    /// <summary>The first version that does not hold it any more; null while it is current.</summary>
    public int? Until { get; set; }

    public bool IsIn(int version) => Since <= version && (Until is null || version < Until);
}

/// <summary>A dataset as the sum of its events.</summary>
internal sealed class DatasetState : IJournaledState<DatasetEvent>, IErasableState
{
    private Dictionary<string, DatasetRow>? _current;
    private Dictionary<string, int>? _keys;

    public string? Name { get; set; }

    public string? Description { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<DatasetRow> Rows { get; set; } = [];

    public List<DatasetVersionView> Versions { get; set; } = [];

    public int NextPosition { get; set; }

    /// <summary><see cref="Plumbline.Contracts.RequestKey.Content"/> of the request that made it.</summary>
    public string? RequestContent { get; set; }

    /// <summary>What was asked for within a day and can be repeated.</summary>
    public List<AnsweredRequest> Requests { get; set; } = [];

    [JsonIgnore] public bool Exists => Name is not null;

    [JsonIgnore] public int NextVersion => Versions.Count + 1;

    /// <summary>The items as they are, by id.</summary>
    [JsonIgnore]
    public Dictionary<string, DatasetRow> Current =>
        _current ??= Rows.Where(r => r.Until is null).ToDictionary(r => r.ItemId, StringComparer.Ordinal);

    /// <summary>How many current items have a duplicate key.</summary>
    [JsonIgnore]
    private Dictionary<string, int> Keys =>
        _keys ??= Current.Values.CountBy(r => ExampleHash.DuplicateKey(r.Content)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The journal's objects may still hold what has been erased.</summary>
    public bool LogHoldsErased { get; set; }

    /// <summary>The duplicate keys of current items and how many have each, less those made from these traces.</summary>
    public IReadOnlyDictionary<string, int> KeysWithout(IReadOnlySet<string> traceIds)
    {
        if (traceIds.Count == 0) return Keys;
        var hidden = Current.Values.Where(r => r.Lineage is { } from
            && traceIds.Contains(from.Span.TraceId)).CountBy(r => ExampleHash.DuplicateKey(r.Content)).ToDictionary(StringComparer.Ordinal);
        return hidden.Count == 0 ? Keys : Keys.Where(k => k.Value > hidden.GetValueOrDefault(k.Key)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The rows of a frozen version, or the current ones, in order.</summary>
    public IEnumerable<DatasetRow> RowsIn(int? version) => (version is { } number ? Rows.Where(r => r.IsIn(number)) : Current.Values).OrderBy(r => r.Position);

    public void Apply(DatasetEvent happened)
    {
        switch (happened)
        {
            case DatasetCreated e: (Name, Description, CreatedAt, RequestContent) = (e.Name, e.Description, e.At, e.RequestContent); break;
            case DatasetItemsAdded e: Add(e); break;
            case DatasetItemUpdated e: Update(Current[e.ItemId], e.Content); break;
            case DatasetItemsRemoved e: foreach (var itemId in e.ItemIds) End(Current[itemId]); break;
            case DatasetFrozen e: Freeze(e); break;
            case DatasetItemsErased e: Erase(e); break;
            case ErasedItemsPurged: LogHoldsErased = false; break;
            default: throw new InvalidOperationException($"{happened.GetType().Name} is not an event of a dataset.");
        }
    }

    private void Add(DatasetItemsAdded e)
    {
        AnsweredRequest.Keep(Requests, e.Answered);
        foreach (var item in e.Items) Begin(item.ItemId, NextPosition++, item.Content, item.Lineage, e.At);
    }

    private void Freeze(DatasetFrozen e)
    {
        AnsweredRequest.Keep(Requests, e.Answered);
        Versions.Add(new DatasetVersionView(e.Number, e.ItemCount, e.ContentHash, e.Note, e.By, e.At));
    }

    private void Erase(DatasetItemsErased e)
    {
        var erased = e.ItemIds.ToHashSet(StringComparer.Ordinal);
        var touched = Rows.Where(r => erased.Contains(r.ItemId)).ToList();
        Rows.RemoveAll(r => erased.Contains(r.ItemId));
        (_current, _keys) = (null, null);
        for (var i = 0; i < Versions.Count; i++)
        {
            if (!touched.Exists(r => r.IsIn(Versions[i].Number))) continue;
            var left = RowsIn(Versions[i].Number).Select(r => r.Content).ToList();
            Versions[i] = Versions[i] with { ItemCount = left.Count, ContentHash = ExampleHash.OfVersion(left) };
        }
        LogHoldsErased = true;
    }

    private void Begin(string itemId, int position, DatasetContent content, DatasetLineage? lineage, DateTimeOffset createdAt)
    {
        var keys = Keys; // before the row is there: it counts what is current
        var row = new DatasetRow { ItemId = itemId, Position = position, Content = content, Lineage = lineage, CreatedAt = createdAt, Since = NextVersion };
        Current.Add(itemId, row);
        Rows.Add(row);
        var key = ExampleHash.DuplicateKey(content);
        keys[key] = keys.GetValueOrDefault(key) + 1;
    }

    private void Update(DatasetRow row, DatasetContent content)
    {
        End(row);
        Begin(row.ItemId, row.Position, content, row.Lineage, row.CreatedAt);
    }

    private void End(DatasetRow row)
    {
        var key = ExampleHash.DuplicateKey(row.Content);
        if (--Keys[key] == 0) Keys.Remove(key);
        Current.Remove(row.ItemId);
        if (row.Since == NextVersion) Rows.Remove(row);
        else row.Until = NextVersion;
    }
}
