using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.Features.Reviews.Subject;

namespace Plumbline.Features.Reviews.Api;

/// <summary>The spans that an addToReviewQueue means.</summary>
internal sealed class SpanSelection(ITraceReader traces, IBlinding blinding, IOptions<ReviewsOptions> options)
{
    private const int PageSize = 200;

    public async Task<List<SpanReference>> SelectAsync(ProjectScope scope, AddToReviewQueueInput input, CancellationToken cancellationToken)
    {
        var most = options.Value.MaxItemsPerCall;
        if (input.SpanIds is null && input.TraceIds is null && input.Where is null) throw Failure.BadInput("Say what to add: spanIds, traceIds or where.");
        if ((input.SpanIds?.Count ?? 0) + (input.TraceIds?.Count ?? 0) > most || input.Limit > most)
            throw Failure.BadInput($"One call adds at most {most} spans.");
        if (input.Limit < 1) throw Failure.BadInput("limit has to be at least 1.");
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        var spans = new List<SpanReference>();
        FilterSize.Require(input.Where);
        foreach (var id in input.SpanIds ?? []) spans.Add(await SpanFinder.FindAsync(traces, scope.Project, id, blinded, cancellationToken));
        var traceIds = (input.TraceIds ?? []).Select(id => TraceKey.Within(scope.Project, id).TraceId).ToList();
        // Whoever is to judge an output unseen could put it into a queue of their own that hides nothing, or what an evaluator said of it.
        if (spans.Select(s => s.TraceId).Concat(traceIds).Any(blinded.BlindedTraceIds.Contains))
            throw new RequestFailedException(
                FailureCode.Blinded, "You may still be asked to review one of these outputs. Review it first, or have somebody else add it.");
        var found = new List<SpanReference>();
        foreach (var span in spans) found.Add(await SpanAsync(scope.Project, span, cancellationToken));
        foreach (var traceId in traceIds) found.Add(await TraceAsync(scope.Project, traceId, cancellationToken));
        if (input.Where is not null) await MatchingAsync(scope.Project, input.Where, input.Limit ?? PageSize, blinded, found, cancellationToken);
        return found;
    }

    private async Task<SpanReference> SpanAsync(ProjectKey project, SpanReference span, CancellationToken cancellationToken) =>
        await traces.FindSpanAsync(project, span, cancellationToken) is null ? throw Failure.NotFound() : span;

    private async Task<SpanReference> TraceAsync(ProjectKey project, string traceId, CancellationToken cancellationToken)
    {
        var detail = await traces.FindTraceAsync(project, traceId, cancellationToken) ?? throw Failure.NotFound();
        var span = JudgedSpan.Of(detail.Spans) ?? throw Failure.NotFound();
        return new SpanReference(span.TraceId, span.SpanId);
    }

    /// <summary>What the caller is blinded to is left out: the number added would tell what a filter on it found.</summary>
    private async Task MatchingAsync(
        ProjectKey project, SpanFilter where, int limit, BlindedSet blinded, List<SpanReference> found, CancellationToken cancellationToken)
    {
        var query = new SpanPageQuery { Where = where, Hidden = blinded.BlindedTraceIds.ToArray(), First = PageSize };
        while (limit > 0)
        {
            var page = await traces.SpansAsync(project, query, cancellationToken);
            var answers = page.Items.Where(JudgedSpan.HasOutput).ToList();
            if (!IsOfEvaluators(where)) answers = await WithoutEvaluatorsAsync(project, answers, cancellationToken);
            var taken = answers.Take(limit).Select(s => new SpanReference(s.TraceId, s.SpanId)).ToList();
            found.AddRange(taken);
            limit -= taken.Count;
            if (!page.HasNextPage || page.Cursors.IsEmpty) return;
            query = query with { After = page.Cursors[^1] };
        }
    }

    /// <summary>Whether a filter asks for what evaluators said, to have the evaluators judged.</summary>
    private static bool IsOfEvaluators(SpanFilter where) => where.Kinds?.Contains(SpanKind.Evaluator) == true || where.SpanIds is not null;

    /// <summary>Without what was said of other spans: it is no answer, and would show its reviewers the score.</summary>
    private async Task<List<SpanView>> WithoutEvaluatorsAsync(ProjectKey project, List<SpanView> spans, CancellationToken cancellationToken)
    {
        // A root is below nothing.
        var below = spans.Where(s => s.ParentSpanId is not null).Select(s => s.TraceId).Distinct(StringComparer.Ordinal).ToList();
        var evaluators = new HashSet<(string TraceId, string SpanId)>();
        foreach (var trace in below.Count == 0 ? [] : await traces.FindTracesAsync(project, below, cancellationToken))
            evaluators.UnionWith(EvaluatorSpans.In(trace.Spans).Select(id => (trace.Trace.TraceId, id)));
        return [.. spans.Where(s => s.Kind != SpanKind.Evaluator && !evaluators.Contains((s.TraceId, s.SpanId)))];
    }
}
