using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Contracts.Datasets;

/// <summary>Makes examples of reviewed items.</summary>
public interface IReviewedExamples
{
    /// <summary>An example of each item whose label is settled. Golden ones are left out, and those whose span is gone.</summary>
    /// <param name="items">Items that whoever asks may see.</param>
    /// <param name="split">The part of the dataset they go to, or null.</param>
    ValueTask<ImmutableArray<NewDatasetItem>> ReadAsync(
        ProjectKey project, IReadOnlyList<ReviewItemView> items, string? split, CancellationToken cancellationToken);
}
