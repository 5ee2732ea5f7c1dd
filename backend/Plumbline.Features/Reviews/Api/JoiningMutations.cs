using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Ids;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Api;

/// <summary>Becoming a reviewer of an open queue, and ceasing to be one of any.</summary>
[ResolversFor("Mutation")]
internal sealed class JoiningMutations(IGrainFactory grains, IAuditLog audit, ReviewGate gate)
{
    public async Task<ReviewQueuePayload> JoinReviewQueue(JoinReviewQueueInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.QueueId);
        var queue = (await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken)).Queue;
        var person = ReviewGate.RequirePerson(caller);
        var isNew = !(await queue.Get()).ReviewerIds.Contains(person);
        var joined = await queue.Join(person);
        await grains.GetGrain<IReviewerGrain>(person).Join(new QueueReference(project, queueId));
        if (isNew) await audit.AppendAsync(project.Organization, AuditEntry.By(caller, AuditActions.QueueJoined, joined.Id, project), cancellationToken);
        return new ReviewQueuePayload(joined);
    }

    /// <summary>Takes the right to lift one's own blinding: whoever leaves may read.</summary>
    public async Task<ReviewQueuePayload> LeaveReviewQueue(JoinReviewQueueInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.QueueId);
        var queue = (await gate.EnterAsync(caller, project, queueId, Permission.Reveal, cancellationToken)).Queue;
        var person = ReviewGate.RequirePerson(caller);
        var was = (await queue.Get()).ReviewerIds.Contains(person);
        var left = await queue.Leave(person);
        if (was) await audit.AppendAsync(project.Organization, AuditEntry.By(caller, AuditActions.QueueLeft, left.Id, project), cancellationToken);
        return new ReviewQueuePayload(left);
    }
}
