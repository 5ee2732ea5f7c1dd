using System.ComponentModel.DataAnnotations;

namespace Plumbline.Features.Datasets;

/// <summary>Limits of datasets.</summary>
public sealed class DatasetsOptions
{
    /// <summary>Datasets in a project. 500.</summary>
    [Range(1, int.MaxValue)]
    public int MaxDatasets { get; set; } = 500;

    /// <summary>Items in a dataset. 100,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxItems { get; set; } = 100_000;

    /// <summary>Items that one call may add or remove. 5,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxItemsPerCall { get; set; } = 5_000;

    /// <summary>Longest content of one item, in characters over all members. 1,000,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxItemLength { get; set; } = 1_000_000;

    /// <summary>Longest name, split or note, in characters. 200.</summary>
    [Range(1, int.MaxValue)]
    public int MaxNameLength { get; set; } = 200;

    /// <summary>Longest description, in characters. 5,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxDescriptionLength { get; set; } = 5_000;
}
