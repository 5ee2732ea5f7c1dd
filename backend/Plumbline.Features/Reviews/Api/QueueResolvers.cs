using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Grains;
using Plumbline.Features.Kernel.Ids;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Features.Reviews.Api;

[ResolversFor("Project")]
internal sealed class ProjectReviewResolvers(ReviewGate gate)
{
    public Task<IReadOnlyList<ReviewQueueView>> ReviewQueues([Parent] ProjectView project, Caller caller, CancellationToken cancellationToken) =>
        gate.ListVisibleAsync(caller, project.Key, cancellationToken);

    public async Task<ReviewQueueView?> ReviewQueue([Parent] ProjectView project, string id, Caller caller, CancellationToken cancellationToken)
    {
        var queue = QueueKey.Parse(id).In(project.Key);
        return await gate.FindVisibleAsync(caller, queue.Project, queue.QueueId, cancellationToken) ?? throw Failure.NotFound();
    }
}

[ResolversFor("ReviewQueue")]
internal sealed class QueueResolvers(ReviewGate gate, IUserDirectory users)
{
    public Task<IReadOnlyList<UserView>> Reviewers([Parent] ReviewQueueView queue, CancellationToken cancellationToken) =>
        users.GetManyAsync(queue.ReviewerIds, cancellationToken).AsTask();

    public Task<ReviewProgress> Progress([Parent] ReviewQueueView queue, Caller caller, CancellationToken cancellationToken) =>
        gate.ProgressAsync(caller, queue.Project, queue.QueueId, cancellationToken);

    public async Task<Connection<ReviewItemView>> Items(
        [Parent] ReviewQueueView queue, int first, string? after, ReviewItemState? state, Caller caller, CancellationToken cancellationToken)
    {
        var viewer = await gate.RequireViewerAsync(caller, queue.Project, forAgreement: false, cancellationToken);
        await gate.RequireUnblindedAsync(caller, queue.Project, queue.QueueId, cancellationToken);
        var size = Connection.RequirePageSize(first);
        var page = await gate.Grain(queue.Project, queue.QueueId).GetItems(viewer, size, after is null ? null : Cursor.Decode(after), state);
        return Connection.From(page.Items, i => Cursor.Encode(i.ItemId), page.HasNext, after is not null, page.Total);
    }

    public async Task<AgreementView?> Agreement([Parent] ReviewQueueView queue, Caller caller, CancellationToken cancellationToken)
    {
        var viewer = await gate.RequireViewerAsync(caller, queue.Project, forAgreement: true, cancellationToken);
        await gate.RequireUnblindedAsync(caller, queue.Project, queue.QueueId, cancellationToken);
        return await gate.Grain(queue.Project, queue.QueueId).GetAgreement(viewer);
    }

    public async Task<Connection<ReviewView>> MyReviews([Parent] ReviewQueueView queue, int first, string? after, Caller caller)
    {
        var own = caller.UserId is { } user ? await gate.Grain(queue.Project, queue.QueueId).GetMyReviews(user) : [];
        return Connection.Page(own, first, after, r => r.ReviewId);
    }

    public async Task<MyReviewProgress> MyProgress([Parent] ReviewQueueView queue, Caller caller) =>
        caller.UserId is { } user ? await gate.Grain(queue.Project, queue.QueueId).GetMyProgress(user) : new MyReviewProgress(0, 0, 0, null);
}

[ResolversFor("Viewer")]
internal sealed class ReviewInboxResolvers(IGrainFactory grains, IAccessControl access, ReviewGate gate)
{
    /// <summary>The open queues, in whichever project, that the caller may review in and has not joined.</summary>
    public async Task<IReadOnlyList<ReviewQueueView>> JoinableQueues(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId) return [];
        var organizations = await grains.GetGrain<IUserGrain>(userId).OrganizationsAsync();
        var queues = await Task.WhenAll(organizations.Select(id => JoinableAsync(id, userId, caller, cancellationToken)));
        return [.. queues.SelectMany(q => q)];
    }

    private async Task<IEnumerable<ReviewQueueView>> JoinableAsync(string organization, string userId, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            await access.RequireOrganizationAsync(caller, organization, null, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Code is FailureCode.NotFound or FailureCode.Forbidden)
        {
            return []; // no longer a member there
        }
        var projects = await grains.GetGrain<IOrganizationProjectsGrain>(organization).ListAsync();
        var queues = await Task.WhenAll(projects.Select(p => JoinableAsync(p.Key, userId, caller, cancellationToken)));
        return queues.SelectMany(q => q);
    }

    private async Task<IEnumerable<ReviewQueueView>> JoinableAsync(ProjectKey project, string userId, Caller caller, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(userId, project, cancellationToken) is not { } granted || !granted.Has(Permission.Review)) return [];
        var queues = await gate.ListVisibleAsync(caller, project, cancellationToken);
        return queues.Where(q => q.OpenToAll && q.ClosedAt is null && !q.ReviewerIds.Contains(userId));
    }

    /// <summary>Asks who is calling, not the parent: the viewer is the caller.</summary>
    public async Task<IReadOnlyList<ReviewQueueView>> ReviewInbox(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId) return [];
        var known = await grains.GetGrain<IReviewerGrain>(userId).Queues();
        var open = await Task.WhenAll(known.Select(q => WithWorkAsync(q, userId, caller, cancellationToken)));
        return [.. open.OfType<ReviewQueueView>()];
    }

    private async Task<ReviewQueueView?> WithWorkAsync(QueueReference reference, string userId, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            if (await gate.FindVisibleAsync(caller, reference.Project, reference.QueueId, cancellationToken) is not { ClosedAt: null } queue) return null;
            var progress = await gate.Grain(reference.Project, reference.QueueId).GetMyProgress(userId);
            return progress.Available > 0 ? queue : null;
        }
        catch (RequestFailedException e) when (e.Code is FailureCode.NotFound or FailureCode.Forbidden)
        {
            return null; // no longer a member there
        }
    }
}

[ResolversFor("Subscription")]
internal sealed class ReviewSubscriptions(ReviewGate gate, IAccessControl access, TimeProvider clock)
{
    public async IAsyncEnumerable<ReviewProgress> ReviewQueueProgress(
        string queueId, Caller caller, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (project, id) = QueueKey.Parse(queueId);
        _ = await gate.FindVisibleAsync(caller, project, id, cancellationToken) ?? throw Failure.NotFound();
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        var permission = granted.Has(Permission.Review)
            ? Permission.Review
            : granted.Has(Permission.ManageQueues)
            ? Permission.ManageQueues
            : Permission.ReadTraces;
        var watched = Reopening.StreamAsync(_ => gate.Grain(project, id).WatchProgress(cancellationToken), clock, cancellationToken);
        ReviewProgress? told = null;
        await foreach (var _ in access.WhileAllowedAsync(caller, project, permission, watched, cancellationToken))
        {
            // A change that the caller may not know of is none to them.
            var progress = await Reopening.AskAsync(
                () => new ValueTask<ReviewProgress>(gate.ProgressAsync(caller, project, id, cancellationToken)), clock, cancellationToken);
            if (progress == told) continue;
            yield return told = progress;
        }
    }
}
