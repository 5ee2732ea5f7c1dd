using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Reviews;

/// <summary>What can be read of a queue: itself, its items and what was said of them, as the viewer may know it, and what is still pending for whom.
/// See <see cref="IReviewQueueGrain"/>.</summary>
[Alias("IQueueReading")]
public interface IQueueReading : IGrainWithStringKey
{
    [AlwaysInterleave, Alias("Get"), Repeatable]
    Task<ReviewQueueView> GetAsync();

    /// <summary>An item with what was said of it. BLINDED for a viewer who may still be given it.</summary>
    [AlwaysInterleave, Alias("GetItem"), Repeatable]
    Task<ReviewItemView> GetItemAsync(string itemId, QueueViewer viewer);

    /// <summary>The trace whose output an item is about; null when there is no such item.</summary>
    [AlwaysInterleave, Alias("TraceOf"), Repeatable]
    Task<string?> TraceOfAsync(string itemId);

    /// <summary>Items in the order in which they were added. BLINDED for a viewer with open work in the queue.</summary>
    [AlwaysInterleave, Alias("GetItems"), Repeatable]
    Task<ReviewItemPage> GetItemsAsync(QueueViewer viewer, int first, string? afterItemId, ReviewItemState? state);

    /// <summary>BLINDED for a viewer with open work in the queue.</summary>
    [AlwaysInterleave, Alias("GetAgreement"), Repeatable]
    Task<AgreementView?> GetAgreementAsync(QueueViewer viewer);

    /// <summary>One's own review, or another's where the viewer is not blinded to its item.</summary>
    [AlwaysInterleave, Alias("GetReview"), Repeatable]
    Task<ReviewView> GetReviewAsync(string reviewId, QueueViewer viewer);

    [AlwaysInterleave, Alias("GetProgress"), Repeatable]
    Task<ReviewProgress> GetProgressAsync();

    /// <summary>The progress as somebody may know it who is blinded to these traces: what others made of them elsewhere counts as waiting.</summary>
    /// <param name="userId">Who asks.</param>
    /// <param name="blindedTraceIds">What they are blinded to.</param>
    /// <param name="away">Reviewers who may not review any more: nobody waits for them.</param>
    [AlwaysInterleave, Alias("GetProgressFor"), Repeatable]
    Task<ReviewProgress> GetProgressForAsync(string? userId, ImmutableArray<string> blindedTraceIds, ImmutableArray<string>? away = null);

    /// <summary>Whether the person may still be given the item.</summary>
    [AlwaysInterleave, Alias("IsPending"), Repeatable]
    Task<bool> IsPendingAsync(string itemId, string userId);

    /// <summary>Whether the person has had the item revealed to them.</summary>
    [AlwaysInterleave, Alias("IsRevealed"), Repeatable]
    Task<bool> IsRevealedAsync(string itemId, string userId);

    /// <summary>The progress now and after each change.</summary>
    [Alias("WatchProgress"), Repeatable]
    IAsyncEnumerable<ReviewProgress> WatchProgressAsync(CancellationToken cancellationToken);

    /// <summary>What the person may still be given here; null when that is unchanged since the version they know. A null user is anybody: whatever one of
    /// the reviewers may still be given, for callers who stand for nobody in particular and see what the most blinded sees.</summary>
    [AlwaysInterleave, Alias("GetPending"), Repeatable]
    Task<PendingSpans?> GetPendingAsync(string? userId, long? knownVersion);

    /// <summary>Those of the traces that an item of the queue is about, whether it is decided or not. None once the queue is closed.</summary>
    [AlwaysInterleave, Alias("WhichTraces"), Repeatable]
    Task<ImmutableArray<string>> WhichTracesAsync(ImmutableArray<string> traceIds);

    /// <summary>The spans of these traces that a reviewer has been given, or whose right answer is known; also once the queue is closed.</summary>
    [AlwaysInterleave, Alias("WhichJudged"), Repeatable]
    Task<ImmutableArray<SpanReference>> WhichJudgedAsync(ImmutableArray<string> traceIds);

    /// <summary>The traces of all spans that a reviewer has been given, or whose right answer is known; also once the queue is closed.</summary>
    [AlwaysInterleave, Alias("GetGivenTraces"), Repeatable]
    Task<ImmutableArray<string>> GetGivenTracesAsync();

    /// <summary>The traces with an item that is not decided and that anybody may still be given.</summary>
    [AlwaysInterleave, Alias("GetPendingTraces"), Repeatable]
    Task<ImmutableArray<string>> GetPendingTracesAsync();

    /// <summary>The resolved and disputed items over these traces, over all when null; undecided ones without names.</summary>
    [AlwaysInterleave, Alias("GetDecided"), Repeatable]
    Task<ImmutableArray<ReviewItemView>> GetDecidedAsync(ImmutableArray<string>? traceIds);

    /// <summary>Every span in the queue.</summary>
    [AlwaysInterleave, Alias("GetSpans"), Repeatable]
    Task<ImmutableArray<SpanReference>> GetSpansAsync();
}
