using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Samples;

namespace Plumbline.Features.Samples.Content;

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
        var (project, setup) = (scope.Project, scope.QueueSetup(load.QueueId));
        var view = await FindAsync(scope.Queue(load.QueueId)) ?? await CreateAsync(setup, caller);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.QueueCreated, view.Id, project) with { Once = load.QueueId },
            cancellationToken);
        if (view.ClosedAt is not null) return;
        await scope.Queues().AddAsync(load.QueueId);
        if (caller.UserId is { } person)
        {
            await JoinAsync(setup, view, new QueueReference(project, load.QueueId), person);
            await setup.AddAsync([.. SampleAnswers.Reviewed.Select(r => new NewReviewItem(answers[r.Trace], null))], caller.ActorId);
            await ReviewAsync(scope, load.QueueId, person, SampleAnswers.Reviewed.ToDictionary(r => answers[r.Trace]));
        }
        var all = SampleAnswers.Reviewed.Select(r => r.Trace).Concat(SampleAnswers.Waiting);
        await setup.AddAsync([.. all.Select(number => new NewReviewItem(answers[number], null))], caller.ActorId);
    }

    private static async Task<ReviewQueueView?> FindAsync(IQueueReading queue)
    {
        try
        {
            return await queue.GetAsync();
        }
        catch (RequestFailedException e) when (e.Code == FailureCode.NotFound)
        {
            return null;
        }
    }

    private static Task<ReviewQueueView> CreateAsync(IQueueSetup queue, Caller caller) => queue.CreateAsync(new NewReviewQueue
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
    private async Task JoinAsync(IQueueSetup queue, ReviewQueueView view, QueueReference reference, string person)
    {
        if (view.OpenToAll) await queue.JoinAsync(person);
        else if (!view.ReviewerIds.Contains(person))
            await queue.ChangeAsync(new ReviewQueueChange { ReviewerIds = view.ReviewerIds.Add(person), ChangedBy = person });
        await grains.GetGrain<IReviewerGrain>(person).JoinAsync(reference);
    }

    /// <summary>Turns come in the person's own order, so this goes on only while the queue holds nothing but what the sample has a verdict on.</summary>
    private static async Task ReviewAsync(ProjectScope scope, string queueId, string person, Dictionary<SpanReference, SampleVerdict> verdicts)
    {
        if (!(await scope.Queue(queueId).GetSpansAsync()).All(verdicts.ContainsKey)) return;
        var queue = scope.QueueTurns(queueId);
        ReviewView? last = null;
        while (await queue.ClaimAsync(person) is { } turn)
        {
            var verdict = verdicts[turn.SpanReference];
            last = await queue.SubmitAsync(new SubmittedReview
            {
                AssignmentId = turn.AssignmentId,
                ReviewerId = person,
                Label = verdict.Label,
                Reasoning = verdict.Reasoning,
                FailureModes = verdict.FailureMode is { } mode ? [mode] : [],
                CorrectedOutput = verdict.CorrectedOutput,
            });
        }
        if (last is not null) await queue.WaiveUndoAsync(last.ReviewId, person);
    }
}
