using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Plumbline.Contracts.Reviews;

/// <summary>One review queue; key <c>organization/project/queue</c>. Callers have passed the permission check; the queue itself guards turns and blinding.
/// A queue that was never created answers NOT_FOUND.</summary>
public interface IReviewQueueGrain : IGrainWithStringKey
{
    Task<ReviewQueueView> Create(NewReviewQueue queue);

    Task<ReviewQueueView> Change(ReviewQueueChange change);

    /// <summary>Closes the queue: nobody is given work any more, and blinding ends.</summary>
    Task<ReviewQueueView> Close(string by);

    [AlwaysInterleave] Task<ReviewQueueView> Get();

    /// <summary>Adds spans that are not in the queue yet.</summary>
    Task<AddedItems> Add(ImmutableArray<NewReviewItem> items, string by);

    /// <summary>The reviewer's next item, leased; null when nothing is left for them.</summary>
    Task<AssignmentView?> Claim(string reviewerId);

    /// <summary>An assignment of the reviewer that is still open, or null.</summary>
    [AlwaysInterleave] Task<AssignmentView?> GetAssignment(string assignmentId, string reviewerId);

    /// <summary>What an assignment of the reviewer is about, also after it was submitted; null when it is not theirs.</summary>
    [AlwaysInterleave] Task<SpanReference?> SpanOf(string assignmentId, string reviewerId);

    /// <summary>The item of an assignment of the reviewer; null when it is not theirs.</summary>
    [AlwaysInterleave] Task<string?> ItemOf(string assignmentId, string reviewerId);

    Task<ReviewView> Submit(SubmittedReview review);

    Task Skip(string assignmentId, string reviewerId, string? reason);

    Task<AssignmentView> Undo(string reviewId, string reviewerId);

    Task<ReviewView> Revise(RevisedReview review);

    Task<ReviewItemView> Adjudicate(Adjudication adjudication);

    Task<ReviewItemView> RequestExtraReview(string itemId, string by);

    Task<ReviewItemView> Reveal(string itemId, string userId);

    /// <summary>Deletes the items over these traces with all that was said of them; returned once nothing on disk holds it.</summary>
    /// <returns>How many items there were.</returns>
    Task<int> Erase(ImmutableArray<string> traceIds);

    /// <summary>An item with what was said of it. BLINDED for a viewer who may still be given it.</summary>
    [AlwaysInterleave] Task<ReviewItemView> GetItem(string itemId, QueueViewer viewer);

    /// <summary>Items in the order in which they were added. BLINDED for a viewer with open work in the queue.</summary>
    [AlwaysInterleave] Task<ReviewItemPage> GetItems(QueueViewer viewer, int first, string? afterItemId, ReviewItemState? state);

    /// <summary>BLINDED for a viewer with open work in the queue.</summary>
    [AlwaysInterleave] Task<AgreementView?> GetAgreement(QueueViewer viewer);

    /// <summary>One's own review, or another's where the viewer is not blinded to its item.</summary>
    [AlwaysInterleave] Task<ReviewView> GetReview(string reviewId, QueueViewer viewer);

    [AlwaysInterleave] Task<ReviewProgress> GetProgress();

    /// <summary>The progress as somebody may know it who is blinded to these traces: what others made of them elsewhere counts as waiting.</summary>
    [AlwaysInterleave] Task<ReviewProgress> GetProgressFor(string userId, ImmutableArray<string> blindedTraceIds);

    /// <summary>Whether the person may still be given the item.</summary>
    [AlwaysInterleave] Task<bool> IsPending(string itemId, string userId);

    [AlwaysInterleave] Task<MyReviewProgress> GetMyProgress(string reviewerId);

    /// <summary>The reviewer's own reviews, newest first.</summary>
    [AlwaysInterleave] Task<ImmutableArray<ReviewView>> GetMyReviews(string reviewerId);

    /// <summary>The progress now and after each change.</summary>
    IAsyncEnumerable<ReviewProgress> WatchProgress(CancellationToken cancellationToken);

    /// <summary>What the person may still be given here; null when that is unchanged since the version they know.</summary>
    [AlwaysInterleave] Task<PendingSpans?> GetPending(string userId, long? knownVersion);

    /// <summary>The traces with an item that is not decided and that anybody may still be given.</summary>
    [AlwaysInterleave] Task<ImmutableArray<string>> GetPendingTraces();

    /// <summary>The resolved and disputed items over these traces, over all when null; undecided ones without names.</summary>
    [AlwaysInterleave] Task<ImmutableArray<ReviewItemView>> GetDecided(ImmutableArray<string>? traceIds);

    /// <summary>Every span in the queue.</summary>
    [AlwaysInterleave] Task<ImmutableArray<SpanReference>> GetSpans();
}

/// <summary>The queues of a project; key <c>organization/project</c>.</summary>
public interface IReviewQueuesGrain : IGrainWithStringKey
{
    /// <summary>Remembers a queue. Refused when the project has as many as it may.</summary>
    Task Add(string queueId);

    /// <summary>Ids of all queues, oldest first.</summary>
    [AlwaysInterleave] Task<ImmutableArray<string>> List();
}

/// <summary>What one person has opened in a project; key <c>organization/project/user</c>.</summary>
public interface ITraceOpeningsGrain : IGrainWithStringKey
{
    Task Record(string traceId);

    [AlwaysInterleave] Task<bool> HasOpened(string traceId);
}

/// <summary>The queues of one person across projects; key: the person's id.</summary>
public interface IReviewerGrain : IGrainWithStringKey
{
    Task Join(QueueReference queue);

    [AlwaysInterleave] Task<ImmutableArray<QueueReference>> Queues();
}

/// <summary>A queue in a project.</summary>
[GenerateSerializer, Immutable]
public readonly record struct QueueReference([property: Id(0)] ProjectKey Project, [property: Id(1)] string QueueId);
