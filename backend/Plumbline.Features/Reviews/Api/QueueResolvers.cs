using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Grains;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Loaders;
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

    public async Task<ReviewProgress> Progress([Parent] ReviewQueueView queue, ScopeLoader scopes, CancellationToken cancellationToken) =>
        await gate.ProgressAsync(new QueueScope(await scopes.EnterAsync(queue.Project), queue.QueueId), cancellationToken);

    public async Task<Connection<ReviewItemView>> Items(
        [Parent] ReviewQueueView queue, int first, string? after, ReviewItemState? state, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterToReadAsync(caller, queue, forAgreement: false, cancellationToken);
        await gate.RequireUnblindedAsync(scope, cancellationToken);
        var size = Connection.RequirePageSize(first);
        var viewer = await gate.ViewerOfAsync(scope, cancellationToken);
        var page = await scope.Queue.GetItemsAsync(viewer, size, after is null ? null : Cursor.Decode(after), state);
        return Connection.From(page.Items, i => Cursor.Encode(i.ItemId), page.HasNext, after is not null, page.Total);
    }

    public async Task<AgreementView?> Agreement([Parent] ReviewQueueView queue, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterToReadAsync(caller, queue, forAgreement: true, cancellationToken);
        await gate.RequireUnblindedAsync(scope, cancellationToken);
        return await scope.Queue.GetAgreementAsync(ReviewGate.ViewerOf(scope.Project));
    }

    public async Task<Connection<ReviewView>> MyReviews([Parent] ReviewQueueView queue, int first, string? after, Caller caller, ScopeLoader scopes)
    {
        var own = caller.UserId is { } user ? await (await scopes.EnterAsync(queue.Project)).QueueTurns(queue.QueueId).GetMyReviewsAsync(user) : [];
        return Connection.Page(own, first, after, r => r.ReviewId);
    }

    public async Task<MyReviewProgress> MyProgress([Parent] ReviewQueueView queue, Caller caller, ScopeLoader scopes) =>
        caller.UserId is { } user
            ? await (await scopes.EnterAsync(queue.Project)).QueueTurns(queue.QueueId).GetMyProgressAsync(user)
            : new MyReviewProgress(0, 0, 0, null);
}

[ResolversFor("Viewer")]
internal sealed class ReviewInboxResolvers(
    IGrainFactory grains, IAccessControl access, IOrganizationDirectory organizations, ReviewGate gate)
{
    /// <summary>The open queues, in whichever project, that the caller may review in and has not joined.</summary>
    public async Task<IReadOnlyList<ReviewQueueView>> JoinableQueues(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId) return [];
        var memberships = await organizations.MembershipsAsync(userId, cancellationToken);
        var projects = await Task.WhenAll(memberships.Select(async m =>
            await (await access.RequireOrganizationAsync(caller, m.Organization, null, cancellationToken)).Projects().ListAsync()));
        var queues = await Task.WhenAll(projects.SelectMany(p => p).Select(p => JoinableAsync(p.Key, userId, caller, cancellationToken)));
        return [.. queues.SelectMany(q => q)];
    }

    private async Task<IEnumerable<ReviewQueueView>> JoinableAsync(ProjectKey project, string userId, Caller caller, CancellationToken cancellationToken)
    {
        if (await access.FindPermissionsAsync(userId, project, cancellationToken) is not { } may || !may.Has(Permission.Review)) return [];
        var queues = await gate.ListVisibleAsync(caller, project, cancellationToken);
        return queues.Where(q => q.OpenToAll && q.ClosedAt is null && !q.ReviewerIds.Contains(userId));
    }

    /// <summary>Asks who is calling, not the parent: the viewer is the caller.</summary>
    public async Task<IReadOnlyList<ReviewQueueView>> ReviewInbox(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId) return [];
        var known = await grains.GetGrain<IReviewerGrain>(userId).QueuesAsync();
        var open = await Task.WhenAll(known.Select(q => WithWorkAsync(q, userId, caller, cancellationToken)));
        return [.. open.OfType<ReviewQueueView>()];
    }

    private async Task<ReviewQueueView?> WithWorkAsync(QueueReference reference, string userId, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var scope = await gate.EnterAsync(caller, reference.Project, reference.QueueId, Permission.Review, cancellationToken);
            if (await ReviewGate.FindVisibleAsync(scope) is not { ClosedAt: null } queue) return null;
            var progress = await scope.Turns.GetMyProgressAsync(userId);
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
        var scope = new QueueScope(await access.RequireAsync(caller, project, cancellationToken), id);
        _ = await ReviewGate.FindVisibleAsync(scope) ?? throw Failure.NotFound();
        Permission[] watching = [Permission.Review, Permission.ManageQueues, Permission.ReadTraces];
        var permission = watching.First(p => scope.Project.Has(p) || p == Permission.ReadTraces);
        var watched = Reopening.StreamAsync(_ => scope.Queue.WatchProgressAsync(cancellationToken), clock, cancellationToken);
        ReviewProgress? told = null;
        await foreach (var _ in access.WhileAllowedAsync(caller, project, permission, watched, cancellationToken))
        {
            // A change that the caller may not know of is none to them.
            var progress = await Reopening.AskAsync(
                () => ProgressAsync(caller, project, id, cancellationToken), clock, cancellationToken);
            if (progress == told) continue;
            yield return told = progress;
        }
    }

    // Let in anew: what the caller may know depends on who they are by then.
    private async ValueTask<ReviewProgress> ProgressAsync(Caller caller, ProjectKey project, string queueId, CancellationToken cancellationToken) =>
        await gate.ProgressAsync(new QueueScope(await access.RequireAsync(caller, project, cancellationToken), queueId), cancellationToken);
}
