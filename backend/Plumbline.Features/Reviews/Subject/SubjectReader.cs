using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Reviews.Grains;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Puts together what a reviewer sees of a span, and no more than the queue's blinding lets through.</summary>
internal sealed class SubjectReader(ITraceReader traces, ReviewQueueDirectory queues)
{
    /// <summary>Earlier turns of the conversation that are shown.</summary>
    private const int EarlierTurns = 10;

    public async Task<ReviewSubject> ReadAsync(ProjectKey project, SpanReference reference, BlindingRules rules, CancellationToken cancellationToken)
    {
        // From here on what is sent of it changes nothing that is shown.
        await queues.GiveAsync(project, reference.TraceId);
        var detail = await traces.FindSettledTraceAsync(project, reference.TraceId, cancellationToken);
        var span = detail?.Spans.FirstOrDefault(s => s.SpanId == reference.SpanId)
            ?? throw Failure.Conflict("The output of this item has been deleted from the project. Skip it.");
        var payload = new PayloadBlinding(rules);
        return new ReviewSubject
        {
            Context = await ContextAsync(project, span, payload, cancellationToken),
            Input = payload.Show(SpanWords.Asked(span)),
            Output = rules.HidesTraces ? LastTurn(payload.Show(SpanWords.Answered(span))) : payload.Show(SpanWords.Answered(span)),
            Documents = Documents(detail!.Spans, span, payload),
            Model = rules.HideModel ? null : span.Model,
            PromptVersion = !rules.HidePromptVersion && int.TryParse(span.PromptVersion, CultureInfo.InvariantCulture, out var number) ? number : null,
            Metrics = rules.HideMetrics ? null : new SubjectMetrics(span.DurationMs, span.Tokens, span.CostUsd),
            UserId = rules.HideIdentity ? null : span.UserId,
        };
    }

    /// <summary>The span's own documents, or what was retrieved before it or below it. Not by when it ended: that would tell how long it took.</summary>
    private static List<RetrievedDocument> Documents(ImmutableArray<SpanView> spans, SpanView span, PayloadBlinding payload)
    {
        if (span.DocumentsJson is not null) return [.. payload.Show(RetrievedDocument.Read(span.DocumentsJson))];
        var parents = spans.ToDictionary(s => s.SpanId, s => s.ParentSpanId, StringComparer.Ordinal);
        // What an evaluator looked up, a reference answer perhaps, is no part of what was answered.
        var evaluators = EvaluatorSpans.In(spans);
        if (evaluators.Contains(span.SpanId)) evaluators = ImmutableHashSet<string>.Empty;
        return [.. spans.Where(s => s.DocumentsJson is not null && !evaluators.Contains(s.SpanId))
            .Where(s => s.StartUnixNano <= span.StartUnixNano || IsBelow(s, span.SpanId, parents))
            .SelectMany(s => payload.Show(RetrievedDocument.Read(s.DocumentsJson)))];
    }

    private static bool IsBelow(SpanView span, string ancestorId, Dictionary<string, string?> parents)
    {
        var parent = span.ParentSpanId;
        for (var steps = 0; parent is not null && steps <= parents.Count; steps++)
        {
            if (parent == ancestorId) return true;
            parent = parents.GetValueOrDefault(parent);
        }
        return false;
    }

    /// <summary>What was said in the session before this trace. A span that carries its own history needs none.</summary>
    private async Task<List<Message>> ContextAsync(ProjectKey project, SpanView span, PayloadBlinding payload, CancellationToken cancellationToken)
    {
        if (span.SessionId is null || MessageReader.Read(span.InputMessagesJson, "user")?.Any(m => m.Role == "assistant") == true) return [];
        var start = DateTimeOffset.UnixEpoch.AddTicks(span.StartUnixNano / 100);
        var earlier = await traces.TracesAsync(project, new TracePageQuery
        {
            Scope = new TraceScope
            {
                Where = new TraceFilter
                {
                    SessionId = new StringFilter { Eq = span.SessionId },
                    Range = new TimeRange(DateTimeOffset.UnixEpoch, start),
                }
            },
            First = EarlierTurns,
        }, cancellationToken);
        var turns = new List<Message>();
        var shown = payload.ForOtherTraces();
        foreach (var trace in earlier.Items.Where(t => t.TraceId != span.TraceId).Reverse())
            turns.AddRange(await TurnAsync(project, trace.TraceId, shown, cancellationToken));
        return turns;
    }

    private async Task<IEnumerable<Message>> TurnAsync(ProjectKey project, string traceId, PayloadBlinding payload, CancellationToken cancellationToken)
    {
        if (await traces.FindTraceAsync(project, traceId, cancellationToken) is not { } detail || JudgedSpan.Of(detail.Spans) is not { } span) return [];
        // What an evaluator said of an earlier turn is none.
        if (EvaluatorSpans.In(detail.Spans).Contains(span.SpanId)) return [];
        var asked = SpanWords.Asked(span);
        Message[] turn =
        [
            .. payload.Show(asked with { Messages = [.. asked.Messages.Where(m => m.Role != "system")] }), .. payload.Show(SpanWords.Answered(span)),
        ];
        payload.Separate();
        return turn;
    }

    // The state of a graph holds the whole conversation; its answer is what follows the last question.
    private static IReadOnlyList<Message> LastTurn(IReadOnlyList<Message> messages)
    {
        var answer = messages.Reverse().TakeWhile(m => m.Role != "user").Reverse().ToList();
        return answer.Count > 0 ? answer : messages;
    }
}
