using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Samples;

namespace Plumbline.Features.Samples;

/// <summary>The sample's review queue. For a person half of it is reviewed, in their name and by way of their turns; for a key it is open
/// to all and nothing is reviewed.</summary>
internal sealed class SampleQueue(IGrainFactory grains, IAuditLog audit)
{
    private const string Name = "Sample: answers to customers";

    /// <summary>Makes and fills the queue as far as that has not been done.</summary>
    /// <param name="answers">The spans of the sample's answers by the number of their trace.</param>
    public async Task FillAsync(
        ProjectScope scope, SampleLoad load, Caller caller, IReadOnlyDictionary<int, SpanReference> answers,
        CancellationToken cancellationToken)
    {
        var (project, queue) = (scope.Project, scope.Queue(load.QueueId));
        var view = await FindAsync(queue) ?? await CreateAsync(queue, caller);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.QueueCreated, view.Id, project) with { Once = load.QueueId },
            cancellationToken);
        if (view.ClosedAt is not null) return;
        await scope.Queues().Add(load.QueueId);
        if (caller.UserId is { } person)
        {
            await JoinAsync(queue, new QueueReference(project, load.QueueId), person);
            await queue.Add([.. SampleAnswers.Reviewed.Select(r => new NewReviewItem(answers[r.Trace], null))], caller.ActorId);
            await ReviewAsync(queue, person, SampleAnswers.Reviewed.ToDictionary(r => answers[r.Trace]));
        }
        var all = SampleAnswers.Reviewed.Select(r => r.Trace).Concat(SampleAnswers.Waiting);
        await queue.Add([.. all.Select(number => new NewReviewItem(answers[number], null))], caller.ActorId);
    }

    private static async Task<ReviewQueueView?> FindAsync(IReviewQueueGrain queue)
    {
        try
        {
            return await queue.Get();
        }
        catch (RequestFailedException e) when (e.Code == FailureCode.NotFound)
        {
            return null;
        }
    }

    private static Task<ReviewQueueView> CreateAsync(IReviewQueueGrain queue, Caller caller) => queue.Create(new NewReviewQueue
    {
        Name = Name,
        Instructions = SampleAnswers.Instructions,
        FailureModes = SampleAnswers.FailureModes,
        Blinding = new BlindingRules(HideModel: true, HidePromptVersion: true, HideMetrics: true, HideIdentity: true, Shuffle: true),
        ReviewsPerItem = 1,
        ReviewerIds = caller.UserId is { } person ? [person] : null,
        CreatedBy = caller.ActorId,
    });

    /// <summary>Somebody else may have begun the loading that this person takes up.</summary>
    private async Task JoinAsync(IReviewQueueGrain queue, QueueReference reference, string person)
    {
        var view = await queue.Get();
        if (view.OpenToAll) await queue.Join(person);
        else if (!view.ReviewerIds.Contains(person))
            await queue.Change(new ReviewQueueChange { ReviewerIds = view.ReviewerIds.Add(person), ChangedBy = person });
        await grains.GetGrain<IReviewerGrain>(person).Join(reference);
    }

    /// <summary>Turns come in the person's own order, so this goes on only while the queue holds nothing but what the sample has a verdict on.</summary>
    private static async Task ReviewAsync(IReviewQueueGrain queue, string person, Dictionary<SpanReference, SampleVerdict> verdicts)
    {
        if (!(await queue.GetSpans()).All(verdicts.ContainsKey)) return;
        ReviewView? last = null;
        while (await queue.Claim(person) is { } turn)
        {
            var verdict = verdicts[turn.SpanReference];
            last = await queue.Submit(new SubmittedReview
            {
                AssignmentId = turn.AssignmentId,
                ReviewerId = person,
                Label = verdict.Label,
                Reasoning = verdict.Reasoning,
                FailureModes = verdict.FailureMode is { } mode ? [mode] : [],
                CorrectedOutput = verdict.CorrectedOutput,
            });
        }
        if (last is not null) await queue.WaiveUndo(last.ReviewId, person);
    }
}
