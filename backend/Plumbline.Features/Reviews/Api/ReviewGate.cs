using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Reviews.Api;

/// <summary>Checks callers before anything of a project's reviews is read or changed.</summary>
internal sealed class ReviewGate(IAccessControl access, IBlinding blinding)
{
    public static string RequirePerson(Caller caller) =>
        caller.UserId ?? throw Failure.Forbidden("Reviews are given by people. Sign in; an API key cannot review.");

    public async Task<QueueScope> EnterAsync(
        Caller caller, ProjectKey project, string queueId, Permission permission, CancellationToken cancellationToken) =>
        new(await access.RequireAsync(caller, project, permission, cancellationToken), queueId);

    /// <summary>The queue, if the caller may see it at all: whoever runs queues or reads traces sees all of them, a reviewer their own.</summary>
    public async Task<ReviewQueueView?> FindVisibleAsync(Caller caller, ProjectKey project, string queueId, CancellationToken cancellationToken)
    {
        return await FindVisibleAsync(new QueueScope(await EnterToSeeAsync(caller, project, cancellationToken), queueId));
    }

    /// <inheritdoc cref="FindVisibleAsync(Caller, ProjectKey, string, CancellationToken)"/>
    public static async Task<ReviewQueueView?> FindVisibleAsync(QueueScope scope)
    {
        var queue = await scope.Queue.GetAsync();
        return MaySee(scope.Project, queue) ? queue : null;
    }

    public async Task<IReadOnlyList<ReviewQueueView>> ListVisibleAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var scope = await EnterToSeeAsync(caller, project, cancellationToken);
        var ids = await scope.Queues().ListAsync();
        var queues = await Task.WhenAll(ids.Select(id => FindAsync(scope.Queue(id))));
        return [.. queues.OfType<ReviewQueueView>().Where(q => MaySee(scope, q))];
    }

    /// <summary>Refuses a caller who is still to judge something in the queue, here or in another queue that shares it.</summary>
    public async Task RequireUnblindedAsync(QueueScope queue, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(queue.Project, cancellationToken);
        if (!blinded.IsEmpty && (await queue.Queue.GetSpansAsync()).Any(s => blinded.BlindedTraceIds.Contains(s.TraceId)))
            throw QueueProjection.Blinded("You still have items to review that are in this queue. Finish them first.");
    }

    /// <summary>Whether the caller is still to judge an output of the item's trace, in whichever queue.</summary>
    public async Task<bool> IsBlindedAsync(QueueScope queue, string itemId, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(queue.Project, cancellationToken);
        return !blinded.IsEmpty && blinded.BlindedTraceIds.Contains(await TraceIdAsync(queue, itemId));
    }

    /// <summary>Refuses a caller who is still to judge an output of the item's trace.</summary>
    public async Task RequireUnblindedAsync(QueueScope queue, string itemId, CancellationToken cancellationToken)
    {
        if (await IsBlindedAsync(queue, itemId, cancellationToken))
            throw QueueProjection.Blinded("You may still be asked to review an output of this item's trace. Review it first.");
    }

    /// <summary>How far a queue is, as the caller may know it.</summary>
    public async Task<ReviewProgress> ProgressAsync(QueueScope queue, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(queue.Project, cancellationToken);
        var away = await AwayAsync(queue, cancellationToken);
        return blinded.IsEmpty && away.IsEmpty
            ? await queue.Queue.GetProgressAsync()
            : await queue.Queue.GetProgressForAsync(queue.Project.Viewer.PersonId, [.. blinded.BlindedTraceIds], away);
    }

    /// <summary>The caller as one who looks at items of a queue.</summary>
    public async Task<QueueViewer> ViewerOfAsync(QueueScope queue, CancellationToken cancellationToken) =>
        ViewerOf(queue.Project) with { Away = await AwayAsync(queue, cancellationToken) };

    /// <summary>Reviewers of the queue who are gone, or may not review in the project any more.</summary>
    private async Task<ImmutableArray<string>> AwayAsync(QueueScope queue, CancellationToken cancellationToken)
    {
        var reviewers = (await queue.Queue.GetAsync()).ReviewerIds;
        var permissions = await Task.WhenAll(reviewers.Select(r => access.FindPermissionsAsync(r, queue.Project.Project, cancellationToken).AsTask()));
        return [.. reviewers.Zip(permissions).Where(r => r.Second is not { } may || !may.Has(Permission.Review)).Select(r => r.First)];
    }

    /// <summary>Lets on who looks at items and reviews: managers and adjudicators may, others are refused.</summary>
    public async Task<QueueScope> EnterToReadAsync(
        Caller caller, ReviewQueueView queue, bool forAgreement, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, queue.Project, cancellationToken);
        RequireReader(scope, forAgreement);
        return new QueueScope(scope, queue.QueueId);
    }

    /// <summary>Refuses who may read neither items nor reviews.</summary>
    public static void RequireReader(ProjectScope scope, bool forAgreement)
    {
        if (scope.Has(Permission.Adjudicate) || scope.Has(forAgreement ? Permission.Reveal : Permission.ManageQueues))
        {
            scope.RequireReviewReader();
            return;
        }
        throw Failure.Forbidden(forAgreement
            ? "Agreement is for those who adjudicate or may reveal. Ask an administrator."
            : "Items are for those who manage queues or adjudicate. Ask an administrator.");
    }

    /// <summary>The caller as one who looks at items.</summary>
    public static QueueViewer ViewerOf(ProjectScope scope) => new(scope.Viewer.PersonId, scope.Has(Permission.Adjudicate));

    private static async Task<string> TraceIdAsync(QueueScope queue, string itemId) => await queue.Queue.TraceOfAsync(itemId) ?? throw Failure.NotFound();

    /// <summary>A queue that was listed but not written before the process ended does not exist.</summary>
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

    /// <summary>Lets on who may see queues, be it their own alone.</summary>
    private async Task<ProjectScope> EnterToSeeAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project, cancellationToken);
        return SeesAll(scope) || scope.Has(Permission.Review)
            ? scope
            : throw Failure.Forbidden("Review queues are for those who review, run queues or read traces. A key needs the scope READ or WRITE for that.");
    }

    private static bool MaySee(ProjectScope scope, ReviewQueueView queue) =>
        SeesAll(scope) || (scope.Has(Permission.Review) && scope.UserId is { } user && (queue.OpenToAll || queue.ReviewerIds.Contains(user)));

    private static bool SeesAll(ProjectScope scope) =>
        scope.Has(Permission.ManageQueues) || scope.Has(Permission.Adjudicate) || scope.Has(Permission.ReadTraces);
}
