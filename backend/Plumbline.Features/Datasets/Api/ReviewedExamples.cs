using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Datasets.Api;

/// <summary>Reads the spans of reviewed items and puts to each what was said of it.</summary>
internal sealed class ReviewedExamples(ITraceReader traces) : IReviewedExamples
{
    public async ValueTask<ImmutableArray<NewDatasetItem>> ReadAsync(
        ProjectKey project, IReadOnlyList<ReviewItemView> items, string? split, CancellationToken cancellationToken)
    {
        // Golden ones are no news: their label was known before.
        var settled = items.Where(i => !i.Golden && i.Consensus is not null).ToList();
        var made = await SpanExamples.EachAsync(
            settled,
            async item => await traces.FindSpanAsync(project, item.SpanReference, cancellationToken) is { } span ? FromReviewed(span, item, split) : null);
        return [.. made.OfType<NewDatasetItem>()];
    }

    private static NewDatasetItem FromReviewed(SpanView span, ReviewItemView item, string? split)
    {
        // The adjudicator has the last word; among reviewers who agree, the last who wrote something.
        var speaking = item.Reviews.Where(r => r.Label == item.Consensus).Reverse().ToList();
        if (item.Adjudication is { } decided) speaking.Insert(0, decided);
        var content = SpanExamples.Content(span) with
        {
            Expected = speaking.Select(r => r.CorrectedOutput).FirstOrDefault(c => !string.IsNullOrEmpty(c)),
            Label = item.Consensus,
            Reasoning = speaking.Select(r => r.Reasoning).FirstOrDefault(r => !string.IsNullOrWhiteSpace(r)),
            Split = split,
        };
        var reviews = item.Adjudication is { } last ? item.Reviews.Add(last) : item.Reviews;
        return new NewDatasetItem(content, SpanExamples.Lineage(span, [.. reviews.Select(r => r.Id)]));
    }
}
