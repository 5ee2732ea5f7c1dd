using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;

namespace Plumbline.Features.Datasets.Api;

/// <summary>Makes examples out of what an addToDataset names: given items, spans, or the resolved items of a queue.</summary>
internal sealed class ExampleSource(
    ITraceReader traces, IReviewedExamples reviewed, IBlinding blinding, IOptions<DatasetsOptions> options)
{
    private const int QueuePage = 500;

    public async Task<ImmutableArray<NewDatasetItem>> ReadAsync(ProjectScope scope, AddToDatasetInput input, CancellationToken cancellationToken)
    {
        if (input.Items is null && input.SpanIds is null && input.FromQueue is null) throw Failure.BadInput("Say what to add: items, spanIds or fromQueue.");
        if ((input.Items?.Count ?? 0) + (input.SpanIds?.Count ?? 0) > options.Value.MaxItemsPerCall)
            throw Failure.BadInput($"One call adds at most {options.Value.MaxItemsPerCall} items.");
        var found = (input.Items ?? []).Select(i => new NewDatasetItem(i.Read(input.Split), null)).ToList();
        if (input.SpanIds is not null || input.FromQueue is not null) DatasetGate.RequireContentReader(scope);
        if (input.SpanIds is not null) found.AddRange(await FromSpansAsync(scope, input.SpanIds, input.Split, cancellationToken));
        if (input.FromQueue is not null) found.AddRange(await FromQueueAsync(scope, input.FromQueue, input.Split, cancellationToken));
        return [.. found];
    }

    private async Task<IEnumerable<NewDatasetItem>> FromSpansAsync(
        ProjectScope scope, IReadOnlyList<string> ids, string? split, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        var references = new List<SpanReference>();
        foreach (var id in ids) references.Add(await SpanFinder.FindAsync(traces, scope.Project, id, blinded, cancellationToken));
        if (references.Exists(r => blinded.BlindedTraceIds.Contains(r.TraceId)))
            throw new RequestFailedException(FailureCode.Blinded, "You are still to review one of these spans. Review it first.");
        return await SpanExamples.EachAsync(references, async reference =>
        {
            var span = await traces.FindSpanAsync(scope.Project, reference, cancellationToken) ?? throw Failure.NotFound();
            return new NewDatasetItem(SpanExamples.Content(span) with { Split = split }, SpanExamples.Lineage(span, []));
        });
    }

    private async Task<IEnumerable<NewDatasetItem>> FromQueueAsync(
        ProjectScope scope, FromQueueInput from, string? split, CancellationToken cancellationToken)
    {
        scope.RequireReviewReader();
        var queue = scope.Queue(QueueKey.Parse(from.QueueId).In(scope.Project).QueueId);
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        if (!blinded.IsEmpty && (await queue.GetSpansAsync()).Any(s => blinded.BlindedTraceIds.Contains(s.TraceId)))
            throw new RequestFailedException(FailureCode.Blinded, "You are still to review an output that is in this queue. Review it first.");
        var resolved = new List<ReviewItemView>();
        for (ReviewItemPage? page = null; page is null || page.HasNext;)
        {
            page = await queue.GetItemsAsync(new QueueViewer(scope.Viewer.PersonId, MayAdjudicate: false), QueuePage, page?.Items[^1].ItemId, null);
            resolved.AddRange(page.Items.Where(i => from.Label is null || i.Consensus == from.Label));
        }
        return await reviewed.ReadAsync(scope.Project, resolved, split, cancellationToken);
    }
}
