using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Reviews.Subject;

namespace Plumbline.Features.Reviews.Api;

/// <summary>The spans that an addToReviewQueue means.</summary>
internal sealed class SpanSelection(ITraceReader traces, IBlinding blinding, IOptions<ReviewsOptions> options)
{
    private const int PageSize = 200;

    public async Task<List<SpanReference>> SelectAsync(ProjectKey project, AddToReviewQueueInput input, string? callerId, CancellationToken cancellationToken)
    {
        var most = options.Value.MaxItemsPerCall;
        if (input.SpanIds is null && input.TraceIds is null && input.Where is null) throw Failure.BadInput("Say what to add: spanIds, traceIds or where.");
        if ((input.SpanIds?.Count ?? 0) + (input.TraceIds?.Count ?? 0) > most || input.Limit > most)
            throw Failure.BadInput($"One call adds at most {most} spans.");
        if (input.Limit < 1) throw Failure.BadInput("limit has to be at least 1.");
        var found = new List<SpanReference>();
        foreach (var id in input.SpanIds ?? []) found.Add(await SpanAsync(project, id, cancellationToken));
        foreach (var id in input.TraceIds ?? []) found.Add(await TraceAsync(project, id, cancellationToken));
        if (input.Where is not null) await MatchingAsync(project, input.Where, input.Limit ?? PageSize, callerId, found, cancellationToken);
        return found;
    }

    /// <summary>A span of the project by its API id.</summary>
    public async Task<SpanReference> SpanAsync(ProjectKey project, string id, CancellationToken cancellationToken)
    {
        var reference = SpanKey.Parse(id).In(project).Reference;
        return await traces.FindSpanAsync(project, reference, cancellationToken) is null ? throw Failure.NotFound() : reference;
    }

    private async Task<SpanReference> TraceAsync(ProjectKey project, string id, CancellationToken cancellationToken)
    {
        var detail = await traces.FindTraceAsync(project, TraceKey.Parse(id).In(project).TraceId, cancellationToken) ?? throw Failure.NotFound();
        var span = JudgedSpan.Of(detail.Spans) ?? throw Failure.NotFound();
        return new SpanReference(span.TraceId, span.SpanId);
    }

    /// <summary>What the caller is blinded to is left out: the number added would tell what a filter on it found.</summary>
    private async Task MatchingAsync(
        ProjectKey project, SpanFilter where, int limit, string? callerId, List<SpanReference> found, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(project, callerId, cancellationToken);
        var query = new SpanPageQuery { Where = where, Hidden = blinded.HiddenTraceIds.ToArray(), First = PageSize };
        while (limit > 0)
        {
            var page = await traces.SpansAsync(project, query, cancellationToken);
            var taken = page.Items.Where(JudgedSpan.HasOutput).Take(limit).Select(s => new SpanReference(s.TraceId, s.SpanId)).ToList();
            found.AddRange(taken);
            limit -= taken.Count;
            if (!page.HasNextPage || page.Cursors.IsEmpty) return;
            query = query with { After = page.Cursors[^1] };
        }
    }
}
