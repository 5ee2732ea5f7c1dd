using System.Text.Json;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Datasets.Api;

internal sealed record CreateDatasetInput(string ProjectId, string Name, string? Description, string? RequestId = null);

internal sealed record DatasetPayload(DatasetView Dataset);

internal sealed record AddToDatasetInput
{
    public required string DatasetId { get; init; }

    public IReadOnlyList<DatasetItemInput>? Items { get; init; }

    public IReadOnlyList<string>? SpanIds { get; init; }

    public FromQueueInput? FromQueue { get; init; }

    public string? Split { get; init; }

    public string? RequestId { get; init; }
}

internal sealed record DatasetItemInput
{
    public required JsonElement Inputs { get; init; }

    public string? Output { get; init; }

    public string? Expected { get; init; }

    public Label? Label { get; init; }

    public string? Reasoning { get; init; }

    public string? Split { get; init; }

    public JsonElement? Metadata { get; init; }

    public DatasetContent Read(string? split) => new()
    {
        InputsJson = Inputs.GetRawText(),
        Output = Output,
        Expected = Expected,
        Label = Label,
        Reasoning = Reasoning,
        Split = Split ?? split,
        MetadataJson = Text(Metadata),
    };

    public static string? Text(JsonElement? json) =>
        json is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value ? value.GetRawText() : null;
}

internal sealed record FromQueueInput(string QueueId, Label? Label);

internal sealed record AddToDatasetPayload(DatasetView Dataset, int Added, int Duplicates);

internal sealed record UpdateDatasetItemInput
{
    public required string Id { get; init; }

    public Optional<JsonElement?> Inputs { get; init; }

    public Optional<string> Output { get; init; }

    public Optional<string> Expected { get; init; }

    public Optional<Label?> Label { get; init; }

    public Optional<string> Reasoning { get; init; }

    public Optional<string> Split { get; init; }

    public Optional<JsonElement?> Metadata { get; init; }

    public DatasetItemChange Read(string itemId)
    {
        var members = DatasetMembers.None;
        if (Inputs.HasValue) members |= DatasetMembers.Inputs;
        if (Output.HasValue) members |= DatasetMembers.Output;
        if (Expected.HasValue) members |= DatasetMembers.Expected;
        if (Label.HasValue) members |= DatasetMembers.Label;
        if (Reasoning.HasValue) members |= DatasetMembers.Reasoning;
        if (Split.HasValue) members |= DatasetMembers.Split;
        if (Metadata.HasValue) members |= DatasetMembers.Metadata;
        return new DatasetItemChange(itemId, Content(), members);
    }

    private DatasetContent Content() => new()
    {
        InputsJson = DatasetItemInput.Text(Inputs.Value) ?? "null",
        Output = Output.Value,
        Expected = Expected.Value,
        Label = Label.Value,
        Reasoning = Reasoning.Value,
        Split = Split.Value,
        MetadataJson = DatasetItemInput.Text(Metadata.Value),
    };
}

internal sealed record DatasetItemPayload(DatasetItemModel Item);

internal sealed record RemoveDatasetItemsInput(string DatasetId, IReadOnlyList<string> ItemIds);

internal sealed record SnapshotDatasetInput(string DatasetId, string? Note, string? RequestId = null);

internal sealed record DatasetVersionPayload(DatasetVersionModel Version);
