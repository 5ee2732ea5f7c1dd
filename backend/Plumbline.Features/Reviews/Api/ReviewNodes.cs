using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Ids;

namespace Plumbline.Features.Reviews.Api;

/// <summary>Review queues by <c>node(id)</c>.</summary>
internal sealed class QueueNode(ReviewGate gate) : INodeResolver
{
    public string Kind => NodeKinds.ReviewQueue;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        QueueKey.Read(key) is var (project, queueId) ? await gate.FindVisibleAsync(caller, project, queueId, cancellationToken) : null;
}

/// <summary>What is in a project's queues, by <c>node(id)</c>.</summary>
internal abstract class QueuePartNode(string kind) : INodeResolver
{
    public string Kind => kind;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        QueuePartKey.Read(key) is { } id ? await FindAsync(id, caller, cancellationToken) : null;

    protected abstract Task<object?> FindAsync(QueuePartKey id, Caller caller, CancellationToken cancellationToken);
}

internal sealed class ItemNode(ReviewGate gate, IAccessControl access) : QueuePartNode(NodeKinds.ReviewItem)
{
    protected override async Task<object?> FindAsync(QueuePartKey id, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, partId) = id;
        var scope = new QueueScope(await access.RequireAsync(caller, project, cancellationToken), queueId);
        ReviewGate.RequireReader(scope.Project, forAgreement: false);
        var item = await scope.Queue.GetItemAsync(partId, await gate.ViewerOfAsync(scope, cancellationToken));
        await gate.RequireUnblindedAsync(scope, partId, cancellationToken);
        return item;
    }
}

internal sealed class AssignmentNode(ReviewGate gate) : QueuePartNode(NodeKinds.ReviewAssignment)
{
    protected override async Task<object?> FindAsync(QueuePartKey id, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, partId) = id;
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken);
        return caller.UserId is { } user ? await scope.Turns.GetAssignmentAsync(partId, user) : null;
    }
}

internal sealed class ReviewItselfNode(ReviewGate gate, IAccessControl access) : QueuePartNode(NodeKinds.Review)
{
    protected override async Task<object?> FindAsync(QueuePartKey id, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, partId) = id;
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        var scope = new QueueScope(granted, queueId);
        var review = await scope.Queue.GetReviewAsync(partId, ReviewGate.ViewerOf(granted));
        if (caller.UserId is null || review.ReviewerId != caller.UserId)
        {
            // A review of something blinded has to look like one that was never written.
            if (await gate.IsBlindedAsync(scope, review.ItemId, cancellationToken)) return null;
        }
        var maySeeOthers = granted.ReadsReviews()
            && (granted.Has(Permission.Adjudicate) || granted.Has(Permission.ManageQueues) || granted.Has(Permission.ReadTraces));
        return maySeeOthers || (caller.UserId is not null && review.ReviewerId == caller.UserId) ? review : null;
    }
}
