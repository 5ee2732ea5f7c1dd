using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Datasets.Api;

/// <summary>An example as one viewer may see it: type DatasetItem. What others said about a span the viewer is blinded to is left out, and
/// so is where to find it.</summary>
internal sealed record DatasetItemModel(DatasetItemView Item, bool Blinded, ProjectScope Scope)
{
    private static readonly RawJson Nothing = RawJson.FromText("{}")!.Value;

    public string Id => Item.Id;

    public RawJson Inputs => RawJson.FromText(Item.Content.InputsJson)!.Value;

    public string? Output => Item.Content.Output;

    public string? Expected => Blinded ? null : Item.Content.Expected;

    public Label? Label => Said(Item.Content.Label);

    public string? Reasoning => Said(Item.Content.Reasoning);

    public string? Split => Item.Content.Split;

    public RawJson Metadata => RawJson.FromText(Blinded ? null : Item.Content.MetadataJson) ?? Nothing;

    public LineageModel? Lineage => Blinded || Item.Lineage is null ? null : new LineageModel(Item.Lineage);

    public DateTimeOffset CreatedAt => Item.CreatedAt;

    public static DatasetItemModel For(DatasetItemView item, BlindedSet blinded, ProjectScope scope) =>
        new(item, item.Lineage is { } lineage && blinded.BlindedTraceIds.Contains(lineage.Span.TraceId), scope);

    /// <summary>What was taken over from reviews is what reviewers said.</summary>
    private T? Said<T>(T? said)
    {
        if (Blinded) return default;
        if (said is not null && Item.Lineage?.ReviewIds is { Length: > 0 }) Scope.RequireReviewReader();
        return said;
    }
}

/// <summary>Type Lineage.</summary>
internal sealed record LineageModel(DatasetLineage Stored)
{
    public string TraceId => Stored.Span.TraceId;

    public string SpanId => Stored.Span.SpanId;

    public string? PromptName => Stored.PromptName;

    public int? PromptVersion => Stored.PromptVersion;

    public IReadOnlyList<string> ReviewIds => Stored.ReviewIds;
}

/// <summary>Type DatasetVersion. Its hash depends on every label in it, so it is withheld from a viewer who is blinded to anything:
/// withheld here and not there, it would tell where the blinded ones went.</summary>
internal sealed record DatasetVersionModel(DatasetVersionView Version, int ItemCount, bool Blinded)
{
    public int Number => Version.Number;

    public string ContentHash => Blinded ? "withheld" : Version.ContentHash;

    public string? Note => Version.Note;

    public DateTimeOffset CreatedAt => Version.CreatedAt;

    public static async Task<DatasetVersionModel> ForAsync(DatasetVersionView version, IDatasetGrain dataset, BlindedSet blinded) =>
        new(version, blinded.IsEmpty ? version.ItemCount : await dataset.CountItemsAsync(version.Number, [.. blinded.BlindedTraceIds]), !blinded.IsEmpty);
}
