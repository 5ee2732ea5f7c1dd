using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Reviews.Api;

/// <summary>What is in a project's queues, by <c>node(id)</c>.</summary>
internal abstract class ReviewNode(string kind) : INodeResolver
{
    public string Kind => kind;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!ProjectKey.TrySplit(key, out var project, out var rest) || ReviewGate.ParseRest(project, rest, kind) is not { } id) return null;
        return await FindAsync(project, id.QueueId, id.PartId, caller, cancellationToken);
    }

    protected abstract Task<object?> FindAsync(ProjectKey project, string queueId, string partId, Caller caller, CancellationToken cancellationToken);
}

internal sealed class QueueNode(ReviewGate gate) : ReviewNode(NodeKinds.ReviewQueue)
{
    protected override async Task<object?> FindAsync(ProjectKey project, string queueId, string partId, Caller caller, CancellationToken cancellationToken) =>
        await gate.FindVisibleAsync(caller, project, queueId, cancellationToken);
}

internal sealed class ItemNode(ReviewGate gate) : ReviewNode(NodeKinds.ReviewItem)
{
    protected override async Task<object?> FindAsync(ProjectKey project, string queueId, string partId, Caller caller, CancellationToken cancellationToken)
    {
        var viewer = await gate.RequireViewerAsync(caller, project, forAgreement: false, cancellationToken);
        var item = await gate.Grain(project, queueId).GetItem(partId, viewer);
        await gate.RequireUnblindedAsync(caller, project, queueId, partId, cancellationToken);
        return item;
    }
}

internal sealed class AssignmentNode(ReviewGate gate) : ReviewNode(NodeKinds.ReviewAssignment)
{
    protected override async Task<object?> FindAsync(ProjectKey project, string queueId, string partId, Caller caller, CancellationToken cancellationToken)
    {
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Review, cancellationToken);
        return caller.UserId is { } user ? await queue.GetAssignment(partId, user) : null;
    }
}

internal sealed class ReviewItselfNode(ReviewGate gate, IAccessControl access) : ReviewNode(NodeKinds.Review)
{
    protected override async Task<object?> FindAsync(ProjectKey project, string queueId, string partId, Caller caller, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        var review = await gate.Grain(project, queueId).GetReview(partId, new Contracts.Reviews.QueueViewer(caller.UserId, granted.Has(Permission.Adjudicate)));
        if (caller.UserId is null || review.ReviewerId != caller.UserId)
        {
            // A review of something blinded has to look like one that was never written.
            if (await gate.IsBlindedAsync(caller, project, queueId, review.ItemId, cancellationToken)) return null;
        }
        var maySeeOthers = granted.Has(Permission.Adjudicate) || granted.Has(Permission.ManageQueues) || granted.Has(Permission.ReadTraces);
        return maySeeOthers || (caller.UserId is not null && review.ReviewerId == caller.UserId) ? review : null;
    }
}
