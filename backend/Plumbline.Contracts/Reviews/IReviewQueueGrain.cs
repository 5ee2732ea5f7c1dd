using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Reviews;

/// <summary>One review queue; key <c>organization/project/queue</c>. Callers have passed the permission check; the queue itself guards turns and blinding.
/// A queue that was never created answers NOT_FOUND.</summary>
[Alias("IReviewQueueGrain")]
public interface IReviewQueueGrain : IGrainWithStringKey
{
    /// <summary>Makes the queue. The same request again gets the queue it has made.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: it is there, made by another request.</exception>
    [Alias("Create")]
    Task<ReviewQueueView> Create(NewReviewQueue queue);

    [Alias("Change")]
    Task<ReviewQueueView> Change(ReviewQueueChange change);

    /// <summary>Makes the person a reviewer of an open queue, blinded to all its items from now on; joining again changes nothing.</summary>
    [Alias("Join")]
    Task<ReviewQueueView> Join(string userId);

    /// <summary>Makes the person a reviewer no more. They may read from now on, so they are not asked again about what is in the queue.</summary>
    [Alias("Leave")]
    Task<ReviewQueueView> Leave(string userId);

    /// <summary>Closes the queue: nobody is given work any more, and blinding ends.</summary>
    [Alias("Close")]
    Task<ReviewQueueView> Close(string by);

    [AlwaysInterleave, Alias("Get"), Repeatable]
    Task<ReviewQueueView> Get();

    /// <summary>Adds spans that are not in the queue yet. The same request again adds nothing and is answered as it was.</summary>
    [Alias("Add")]
    Task<AddedItems> Add(ImmutableArray<NewReviewItem> items, string by, RequestKey? request = null);

    /// <summary>The reviewer's next item, leased; null when nothing is left for them. FORBIDDEN for who is no reviewer or has not joined.</summary>
    [Alias("Claim")]
    Task<AssignmentView?> Claim(string reviewerId);

    /// <summary>An assignment of the reviewer that is still open, or null.</summary>
    [AlwaysInterleave, Alias("GetAssignment"), Repeatable]
    Task<AssignmentView?> GetAssignment(string assignmentId, string reviewerId);

    /// <summary>What an assignment of the reviewer is about, also after it was submitted; null when it is not theirs.</summary>
    [AlwaysInterleave, Alias("SpanOf"), Repeatable]
    Task<SpanReference?> SpanOf(string assignmentId, string reviewerId);

    /// <summary>The item of an assignment of the reviewer; null when it is not theirs.</summary>
    [AlwaysInterleave, Alias("ItemOf"), Repeatable]
    Task<string?> ItemOf(string assignmentId, string reviewerId);

    [Alias("Submit")]
    Task<ReviewView> Submit(SubmittedReview review);

    /// <summary>Ends the turn, for a reason; the same turn skipped again changes nothing. The item comes back once, when nothing else is left.</summary>
    [Alias("Skip")]
    Task Skip(string assignmentId, string reviewerId, string? reason);

    /// <summary>Takes a review back into a new turn. Taken back again it is that turn, as long as it is the one that the reviewer holds.</summary>
    [Alias("Undo")]
    Task<AssignmentView> Undo(string reviewId, string reviewerId);

    /// <summary>Gives up the right to take a review back, which ends its author's blinding; a review that cannot be taken back stays as it is.</summary>
    [Alias("WaiveUndo")]
    Task<ReviewView> WaiveUndo(string reviewId, string reviewerId);

    /// <summary>Changes a review. One that says this already stays as it is.</summary>
    [Alias("Revise")]
    Task<ReviewView> Revise(RevisedReview review);

    /// <summary>Decides a disputed item. The same decision by the same person again changes nothing.</summary>
    [Alias("Adjudicate")]
    Task<ReviewItemView> Adjudicate(Adjudication adjudication);

    /// <summary>Has a disputed item reviewed once more. Asked again by the same person before that review is in, it is the same one.</summary>
    [Alias("RequestExtraReview")]
    Task<ReviewItemView> RequestExtraReview(string itemId, string by);

    /// <summary>Lifts blinding on the item for the person; lifting it again changes nothing.</summary>
    [Alias("Reveal")]
    Task<ReviewItemView> Reveal(string itemId, string userId);

    /// <summary>Deletes the items over these traces with all that was said of them; returned once nothing on disk holds it.</summary>
    /// <returns>How many items there were.</returns>
    [Alias("Erase")]
    Task<int> Erase(ImmutableArray<string> traceIds);

    /// <summary>An item with what was said of it. BLINDED for a viewer who may still be given it.</summary>
    [AlwaysInterleave, Alias("GetItem"), Repeatable]
    Task<ReviewItemView> GetItem(string itemId, QueueViewer viewer);

    /// <summary>The trace whose output an item is about; null when there is no such item.</summary>
    [AlwaysInterleave, Alias("TraceOf"), Repeatable]
    Task<string?> TraceOf(string itemId);

    /// <summary>Items in the order in which they were added. BLINDED for a viewer with open work in the queue.</summary>
    [AlwaysInterleave, Alias("GetItems"), Repeatable]
    Task<ReviewItemPage> GetItems(QueueViewer viewer, int first, string? afterItemId, ReviewItemState? state);

    /// <summary>BLINDED for a viewer with open work in the queue.</summary>
    [AlwaysInterleave, Alias("GetAgreement"), Repeatable]
    Task<AgreementView?> GetAgreement(QueueViewer viewer);

    /// <summary>One's own review, or another's where the viewer is not blinded to its item.</summary>
    [AlwaysInterleave, Alias("GetReview"), Repeatable]
    Task<ReviewView> GetReview(string reviewId, QueueViewer viewer);

    [AlwaysInterleave, Alias("GetProgress"), Repeatable]
    Task<ReviewProgress> GetProgress();

    /// <summary>The progress as somebody may know it who is blinded to these traces: what others made of them elsewhere counts as waiting.</summary>
    [AlwaysInterleave, Alias("GetProgressFor"), Repeatable]
    Task<ReviewProgress> GetProgressFor(string? userId, ImmutableArray<string> blindedTraceIds);

    /// <summary>Whether the person may still be given the item.</summary>
    [AlwaysInterleave, Alias("IsPending"), Repeatable]
    Task<bool> IsPending(string itemId, string userId);

    /// <summary>Whether the person has had the item revealed to them.</summary>
    [AlwaysInterleave, Alias("IsRevealed"), Repeatable]
    Task<bool> IsRevealed(string itemId, string userId);

    [AlwaysInterleave, Alias("GetMyProgress"), Repeatable]
    Task<MyReviewProgress> GetMyProgress(string reviewerId);

    /// <summary>The reviewer's own reviews, newest first.</summary>
    [AlwaysInterleave, Alias("GetMyReviews"), Repeatable]
    Task<ImmutableArray<ReviewView>> GetMyReviews(string reviewerId);

    /// <summary>The progress now and after each change.</summary>
    [Alias("WatchProgress"), Repeatable]
    IAsyncEnumerable<ReviewProgress> WatchProgress(CancellationToken cancellationToken);

    /// <summary>What the person may still be given here; null when that is unchanged since the version they know. A null user is anybody: whatever one of
    /// the reviewers may still be given, for callers who stand for nobody in particular and see what the most blinded sees.</summary>
    [AlwaysInterleave, Alias("GetPending"), Repeatable]
    Task<PendingSpans?> GetPending(string? userId, long? knownVersion);

    /// <summary>Those of the traces that an item of the queue is about, whether it is decided or not. None once the queue is closed.</summary>
    [AlwaysInterleave, Alias("WhichTraces"), Repeatable]
    Task<ImmutableArray<string>> WhichTraces(ImmutableArray<string> traceIds);

    /// <summary>The traces with an item that is not decided and that anybody may still be given.</summary>
    [AlwaysInterleave, Alias("GetPendingTraces"), Repeatable]
    Task<ImmutableArray<string>> GetPendingTraces();

    /// <summary>The resolved and disputed items over these traces, over all when null; undecided ones without names.</summary>
    [AlwaysInterleave, Alias("GetDecided"), Repeatable]
    Task<ImmutableArray<ReviewItemView>> GetDecided(ImmutableArray<string>? traceIds);

    /// <summary>Every span in the queue.</summary>
    [AlwaysInterleave, Alias("GetSpans"), Repeatable]
    Task<ImmutableArray<SpanReference>> GetSpans();
}

/// <summary>The queues of a project; key <c>organization/project</c>.</summary>
[Alias("IReviewQueuesGrain")]
public interface IReviewQueuesGrain : IGrainWithStringKey
{
    /// <summary>Remembers a queue. Refused when the project has as many as it may.</summary>
    [Alias("Add")]
    Task Add(string queueId);

    /// <summary>Ids of all queues, oldest first.</summary>
    [AlwaysInterleave, Alias("List"), Repeatable]
    Task<ImmutableArray<string>> List();
}

/// <summary>What one person has seen in a project; key <c>organization/project/user</c>.</summary>
[Alias("ITraceOpeningsGrain")]
public interface ITraceOpeningsGrain : IGrainWithStringKey
{
    [Alias("Record"), Repeatable]
    Task Record(string traceId);

    [Alias("RecordAll"), Repeatable]
    Task RecordAll(SeenTraces seen);

    [AlwaysInterleave, Alias("HasOpened"), Repeatable]
    Task<bool> HasOpened(string traceId);

    [AlwaysInterleave, Alias("Find"), Repeatable]
    Task<KnownOpening> Find(string traceId);
}

/// <summary>The queues of one person across projects; key: the person's id.</summary>
[Alias("IReviewerGrain"), AcrossTenants]
public interface IReviewerGrain : IGrainWithStringKey
{
    [Alias("Join")]
    Task Join(QueueReference queue);

    [AlwaysInterleave, Alias("Queues"), Repeatable]
    Task<ImmutableArray<QueueReference>> Queues();
}

/// <summary>A queue in a project.</summary>
[GenerateSerializer, Alias("QueueReference"), Immutable]
public readonly record struct QueueReference([property: Id(0)] ProjectKey Project, [property: Id(1)] string QueueId);
