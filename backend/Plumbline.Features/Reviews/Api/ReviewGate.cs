using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.Queue;

namespace Plumbline.Features.Reviews.Api;

/// <summary>Reads ids and checks permissions for everything about reviews.</summary>
internal sealed class ReviewGate(IGrainFactory grains, IAccessControl access, IBlinding blinding)
{
    public static string RequirePerson(Caller caller) =>
        caller.UserId ?? throw Failure.Forbidden("Reviews are given by people. Sign in; an API key cannot review.");

    public IReviewQueueGrain Grain(ProjectKey project, string queueId) => grains.GetGrain<IReviewQueueGrain>(project.Child(queueId));

    public async Task<IReviewQueueGrain> RequireAsync(
        Caller caller, ProjectKey project, string queueId, Permission permission, CancellationToken cancellationToken)
    {
        await access.RequireAsync(caller, project, permission, cancellationToken);
        return Grain(project, queueId);
    }

    /// <summary>The queue, if the caller may see it at all: whoever runs queues or reads traces sees all of them, a reviewer their own.</summary>
    public async Task<ReviewQueueView?> FindVisibleAsync(Caller caller, ProjectKey project, string queueId, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        var queue = await Grain(project, queueId).Get();
        return MaySee(granted, queue) ? queue : null;
    }

    public async Task<IReadOnlyList<ReviewQueueView>> ListVisibleAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        var ids = await grains.GetGrain<IReviewQueuesGrain>(project.ToString()).List();
        var queues = await Task.WhenAll(ids.Select(id => FindAsync(project, id)));
        return [.. queues.OfType<ReviewQueueView>().Where(q => MaySee(granted, q))];
    }

    /// <summary>Refuses a caller who is still to judge something in the queue, here or in another queue that shares it.</summary>
    public async Task RequireUnblindedAsync(Caller caller, ProjectKey project, string queueId, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(project, caller.UserId, cancellationToken);
        if (!blinded.IsEmpty && (await Grain(project, queueId).GetSpans()).Any(s => blinded.BlindedTraceIds.Contains(s.TraceId)))
            throw DecideView.Blinded("You still have items to review that are in this queue. Finish them first.");
    }

    /// <summary>Whether the caller is still to judge an output of the item's trace, in whichever queue.</summary>
    public async Task<bool> IsBlindedAsync(Caller caller, ProjectKey project, string queueId, string itemId, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(project, caller.UserId, cancellationToken);
        return !blinded.IsEmpty && blinded.BlindedTraceIds.Contains((await ItemAsync(project, queueId, itemId)).SpanReference.TraceId);
    }

    /// <summary>Refuses a caller who is still to judge an output of the item's trace.</summary>
    public async Task RequireUnblindedAsync(Caller caller, ProjectKey project, string queueId, string itemId, CancellationToken cancellationToken)
    {
        if (await IsBlindedAsync(caller, project, queueId, itemId, cancellationToken))
            throw DecideView.Blinded("You may still be asked to review an output of this item's trace. Review it first.");
    }

    /// <summary>How far a queue is, as the caller may know it.</summary>
    public async Task<ReviewProgress> ProgressAsync(Caller caller, ProjectKey project, string queueId, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(project, caller.UserId, cancellationToken);
        return blinded.IsEmpty
            ? await Grain(project, queueId).GetProgress()
            : await Grain(project, queueId).GetProgressFor(caller.UserId!, [.. blinded.BlindedTraceIds]);
    }

    /// <summary>An item as nobody in particular sees it.</summary>
    private Task<ReviewItemView> ItemAsync(ProjectKey project, string queueId, string itemId) =>
        Grain(project, queueId).GetItem(itemId, new QueueViewer(null, MayAdjudicate: false));

    /// <summary>Who looks at items and reviews: managers and adjudicators may, others are refused.</summary>
    public async Task<QueueViewer> RequireViewerAsync(Caller caller, ProjectKey project, bool forAgreement, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        var may = granted.Has(Permission.Adjudicate) || granted.Has(forAgreement ? Permission.Reveal : Permission.ManageQueues);
        if (!may)
            throw Failure.Forbidden(forAgreement ? "Agreement is for those who adjudicate or may reveal. Ask an "
                + "administrator." : "Items are for those who manage queues or adjudicate. Ask an administrator.");
        return new QueueViewer(caller.UserId, granted.Has(Permission.Adjudicate));
    }

    /// <summary>A queue that was listed but not written before the process ended does not exist.</summary>
    private async Task<ReviewQueueView?> FindAsync(ProjectKey project, string queueId)
    {
        try
        {
            return await Grain(project, queueId).Get();
        }
        catch (RequestFailedException e) when (e.Code == FailureCode.NotFound)
        {
            return null;
        }
    }

    private static bool MaySee(ProjectAccess granted, ReviewQueueView queue) =>
        granted.Has(Permission.ManageQueues) || granted.Has(Permission.Adjudicate) || granted.Has(Permission.ReadTraces)
        || (granted.Has(Permission.Review) && granted.UserId is { } user && (queue.OpenToAll || queue.ReviewerIds.Contains(user)));
}
