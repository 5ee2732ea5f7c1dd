using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Features.Kernel.Requests;

namespace Plumbline.Features.Datasets.State;

/// <summary>What may happen to a dataset.</summary>
internal static class DecideDataset
{
    public static DatasetCreated Create(DatasetState state, string name, string? description, string by, DatasetsOptions options, DateTimeOffset now)
    {
        if (state.Exists) throw Failure.Conflict("The dataset exists already.");
        CheckName(name, options);
        if (description?.Length > options.MaxDescriptionLength)
            throw Failure.BadInput($"The description has {description.Length} characters; at most {options.MaxDescriptionLength} are allowed.");
        return new DatasetCreated(name, description, by, now);
    }

    /// <summary>A request that can be repeated is written down even when it adds nothing: its answer has to stay the same.</summary>
    public static (IReadOnlyList<DatasetEvent> Events, int Added, int Duplicates) Add(
        DatasetState state, ImmutableArray<NewDatasetItem> items, string by, IReadOnlySet<string> withoutTraceIds, DatasetsOptions options,
        DateTimeOffset now, RequestKey? request = null)
    {
        RequireExists(state);
        var known = state.KeysWithout(withoutTraceIds);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var added = new List<AddedDatasetItem>();
        foreach (var item in items)
        {
            CheckContent(item.Content, options);
            var key = ExampleHash.DuplicateKey(item.Content);
            if (!known.ContainsKey(key) && keys.Add(key)) added.Add(new AddedDatasetItem(RandomId.New(), item.Content, item.Lineage));
        }
        // Not how many there are: those made of outputs that the caller is still to judge are counted, too.
        if (state.Current.Count + added.Count > options.MaxItems)
            throw Failure.BadInput($"With these the dataset would have more than {options.MaxItems} items, the most it may have. Make another dataset.");
        var duplicates = items.Length - added.Count;
        var answered = AnsweredRequest.To(request, now) is { } named ? named with { Added = added.Count, Duplicates = duplicates } : null;
        return (added.Count == 0 && answered is null ? [] : [new DatasetItemsAdded([.. added], by, now) { Answered = answered }], added.Count, duplicates);
    }

    public static IReadOnlyList<DatasetEvent> Update(DatasetState state, DatasetItemChange change, string by, DatasetsOptions options, DateTimeOffset now)
    {
        var row = RequireItem(state, change.ItemId);
        var content = Merge(row.Content, change);
        CheckContent(content, options);
        return content == row.Content ? [] : [new DatasetItemUpdated(change.ItemId, content, by, now)];
    }

    public static IReadOnlyList<DatasetEvent> Remove(DatasetState state, ImmutableArray<string> itemIds, string by, DateTimeOffset now)
    {
        RequireExists(state);
        var found = itemIds.Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (!found.All(state.Current.ContainsKey)) throw Failure.NotFound();
        return found.IsEmpty ? [] : [new DatasetItemsRemoved(found, by, now)];
    }

    /// <summary>The items made from these traces, those that only frozen versions hold among them.</summary>
    public static IReadOnlyList<DatasetItemsErased> Erase(DatasetState state, IEnumerable<string> traceIds, string by, DateTimeOffset now)
    {
        var ids = traceIds.ToHashSet(StringComparer.Ordinal);
        var items = state.Rows.Where(r => r.Lineage is { } from
            && ids.Contains(from.Span.TraceId)).Select(r => r.ItemId).Distinct(StringComparer.Ordinal).ToImmutableArray();
        return items.IsEmpty ? [] : [new DatasetItemsErased(items, by, now)];
    }

    public static DatasetFrozen Snapshot(DatasetState state, string? note, string by, DatasetsOptions options, DateTimeOffset now, RequestKey? request = null)
    {
        RequireExists(state);
        if (note?.Length > options.MaxDescriptionLength)
            throw Failure.BadInput($"The note has {note.Length} characters; at most {options.MaxDescriptionLength} are allowed.");
        var answered = AnsweredRequest.To(request, now) is { } named ? named with { Version = state.NextVersion } : null;
        return new DatasetFrozen(
            state.NextVersion, state.Current.Count, ExampleHash.OfVersion(state.Current.Values.Select(r => r.Content)), note, by, now)
        { Answered = answered };
    }

    public static void RequireExists(DatasetState state)
    {
        if (!state.Exists) throw Failure.NotFound();
    }

    public static DatasetRow RequireItem(DatasetState state, string itemId)
    {
        RequireExists(state);
        return state.Current.GetValueOrDefault(itemId) ?? throw Failure.NotFound();
    }

    /// <summary>Refuses items made from traces that the asker is blinded to as it refuses items that are not there.</summary>
    public static void RequireSeen(DatasetState state, ImmutableArray<string> itemIds, ImmutableArray<string> withoutTraceIds)
    {
        var without = withoutTraceIds.ToHashSet(StringComparer.Ordinal);
        if (itemIds.Any(id => state.Current.GetValueOrDefault(id)?.Lineage is { } from && without.Contains(from.Span.TraceId))) throw Failure.NotFound();
    }

    public static void CheckName(string name, DatasetsOptions options)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > options.MaxNameLength)
            throw Failure.BadInput($"Give the dataset a name of 1 to {options.MaxNameLength} characters.");
    }

    private static DatasetContent Merge(DatasetContent old, DatasetItemChange change)
    {
        bool Has(DatasetMembers member) => change.Members.HasFlag(member);
        var given = change.Content;
        return new DatasetContent
        {
            InputsJson = Has(DatasetMembers.Inputs) ? given.InputsJson : old.InputsJson,
            Output = Has(DatasetMembers.Output) ? given.Output : old.Output,
            Expected = Has(DatasetMembers.Expected) ? given.Expected : old.Expected,
            Label = Has(DatasetMembers.Label) ? given.Label : old.Label,
            Reasoning = Has(DatasetMembers.Reasoning) ? given.Reasoning : old.Reasoning,
            Split = Has(DatasetMembers.Split) ? given.Split : old.Split,
            MetadataJson = Has(DatasetMembers.Metadata) ? given.MetadataJson : old.MetadataJson,
        };
    }

    private static void CheckContent(DatasetContent content, DatasetsOptions options)
    {
        var length = new[]
        {
            content.InputsJson, content.Output, content.Expected, content.Reasoning, content.MetadataJson,
        }.Sum(text => (long)(text?.Length ?? 0));
        if (length > options.MaxItemLength) throw Failure.BadInput($"An item has {length} characters; at most {options.MaxItemLength} are allowed.");
        if (content.Split is { } split && (string.IsNullOrWhiteSpace(split) || split.Length > options.MaxNameLength))
            throw Failure.BadInput($"A split has a name of 1 to {options.MaxNameLength} characters.");
        CheckJson(content.InputsJson, "inputs");
        if (content.MetadataJson is not null) CheckJson(content.MetadataJson, "metadata");
    }

    private static void CheckJson(string json, string member)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json);
            if (member == "inputs" && parsed.RootElement.ValueKind == JsonValueKind.Null) throw Failure.BadInput("inputs may not be null.");
        }
        catch (JsonException)
        {
            throw Failure.BadInput($"{member} is no JSON.");
        }
    }
}
