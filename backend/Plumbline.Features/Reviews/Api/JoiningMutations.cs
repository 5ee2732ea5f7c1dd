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
        var queue = (await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken)).Setup;
        var person = ReviewGate.RequirePerson(caller);
        var joined = await queue.JoinAsync(person);
        await grains.GetGrain<IReviewerGrain>(person).JoinAsync(new QueueReference(project, queueId));
        await AuditAsync(AuditActions.QueueJoined, joined, caller, cancellationToken);
        return new ReviewQueuePayload(joined);
    }

    /// <summary>Takes the right to lift one's own blinding: whoever leaves may read.</summary>
    public async Task<ReviewQueuePayload> LeaveReviewQueue(JoinReviewQueueInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.QueueId);
        var queue = (await gate.EnterAsync(caller, project, queueId, Permission.Reveal, cancellationToken)).Setup;
        var person = ReviewGate.RequirePerson(caller);
        var left = await queue.LeaveAsync(person);
        await AuditAsync(AuditActions.QueueLeft, left, caller, cancellationToken);
        return new ReviewQueuePayload(left);
    }

    /// <summary>Each move is one entry, also when its answer was lost and it is asked for again; who never moved leaves none.</summary>
    private async Task AuditAsync(string action, ReviewQueueView queue, Caller caller, CancellationToken cancellationToken)
    {
        if (queue.Moves == 0) return;
        var entry = AuditEntry.By(caller, action, queue.Id, queue.Project) with { Once = $"{queue.QueueId} {caller.UserId} {queue.Moves}" };
        await audit.AppendAsync(queue.Project.Organization, entry, cancellationToken);
    }
}
