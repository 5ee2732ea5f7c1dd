using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Samples;

namespace Plumbline.Features.Samples.Content;

/// <summary>The sample's dataset: what the sample's queue has settled, and a few items that were typed in.</summary>
internal sealed class SampleDataset(IReviewedExamples examples)
{
    private const string Name = "Sample: answers to customers";
    private const string Description =
        "Part of the sample: the reviewed answers of its queue with what they should have been, and a few items that were typed in.";

    /// <summary>Makes and fills the dataset as far as that has not been done.</summary>
    public async Task FillAsync(ProjectScope scope, SampleLoad load, string actor, CancellationToken cancellationToken)
    {
        var dataset = scope.Dataset(load.DatasetId);
        if (!await ExistsAsync(dataset)) await dataset.CreateAsync(await NameAsync(scope, load.DatasetId), Description, actor);
        var settled = await scope.Queue(load.QueueId).GetDecidedAsync(null);
        await dataset.AddAsync([.. await examples.ReadAsync(scope.Project, settled, "test", cancellationToken), .. SampleAnswers.Typed], actor, []);
    }

    private static async Task<bool> ExistsAsync(IDatasetGrain dataset)
    {
        try
        {
            await dataset.GetAsync();
            return true;
        }
        catch (RequestFailedException e) when (e.Code == FailureCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>The name that was taken for it; taken now when none was. One that somebody else's dataset has is told apart by the id.</summary>
    private async Task<string> NameAsync(ProjectScope scope, string datasetId)
    {
        var directory = scope.Datasets();
        var names = await directory.ListAsync();
        if (names.FirstOrDefault(n => n.DatasetId == datasetId) is { } known) return known.Name;
        var name = names.Any(n => string.Equals(n.Name, Name, StringComparison.OrdinalIgnoreCase)) ? $"{Name} ({datasetId})" : Name;
        await directory.AddAsync(new DatasetName(datasetId, name));
        return name;
    }
}
