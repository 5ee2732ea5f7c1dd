using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Requests;

namespace Plumbline.Features.Reviews.State;

/// <summary>Making, changing, filling and closing a queue.</summary>
internal static class DecideSetup
{
    public static ReviewQueueEvent Create(ReviewQueueState state, NewReviewQueue queue, ReviewsOptions options, DateTimeOffset now)
    {
        if (state.DeletedAt is not null) throw Failure.Conflict("The queue that this request made has been deleted. Send a new request to make another.");
        if (state.Exists) throw Failure.Conflict("The queue exists already.");
        CheckName(queue.Name, options);
        CheckRubric(queue.Instructions, queue.FailureModes, options);
        CheckReviewers(queue.ReviewerIds, options);
        CheckReviewsPerItem(queue.ReviewsPerItem, options);
        if (queue.LeaseMinutes < 1 || queue.LeaseMinutes > options.MaxLeaseMinutes)
            throw Failure.BadInput($"leaseMinutes is {queue.LeaseMinutes}; give 1 to {options.MaxLeaseMinutes}.");
        return new QueueCreated(queue, now);
    }

    public static ReviewQueueEvent Change(ReviewQueueState state, ReviewQueueChange change, ReviewsOptions options, DateTimeOffset now)
    {
        RequireOpen(state);
        if (change.Name is not null) CheckName(change.Name, options);
        CheckRubric(change.Instructions ?? state.Rubric.Instructions, change.FailureModes ?? state.Rubric.FailureModes, options);
        CheckReviewers(change.ReviewerIds, options);
        if (change.ReviewsPerItem is { } number) CheckReviewsPerItem(number, options);
        var removed = change.ReviewerIds is { } staying ? state.Reviewers.Where(r => !staying.Contains(r)) : [];
        return new QueueChanged(change, now) { Exposed = [.. removed] };
    }

    /// <summary>The event of joining an open queue; none for who is a reviewer already.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Join(ReviewQueueState state, string userId, ReviewsOptions options, DateTimeOffset now)
    {
        RequireOpen(state);
        if (state.Reviewers.Contains(userId)) return [];
        if (!state.OpenToAll) throw Failure.Forbidden("The reviewers of this queue are named. Ask whoever runs it to add you.");
        if (state.Reviewers.Count >= options.MaxReviewers) throw Failure.Conflict($"The queue has {options.MaxReviewers} reviewers and may have no more.");
        return [new ReviewerJoined(userId, now)];
    }

    /// <summary>The event of leaving; none for who is no reviewer.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Leave(ReviewQueueState state, string userId, DateTimeOffset now)
    {
        RequireExists(state);
        return state.IsClosed || !state.Reviewers.Contains(userId) ? [] : [new ReviewerLeft(userId, now)];
    }

    public static IReadOnlyList<ReviewQueueEvent> Close(ReviewQueueState state, string by, DateTimeOffset now)
    {
        RequireExists(state);
        return state.IsClosed ? [] : [new QueueClosed(by, now)];
    }

    /// <summary>The events of deleting: closed, so that nobody is blinded by it any more; emptied; gone. None for one that is gone already.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Delete(ReviewQueueState state, string by, DateTimeOffset now)
    {
        if (state.DeletedAt is not null) return [];
        var closed = Close(state, by, now);
        IReadOnlyList<ReviewQueueEvent> emptied = state.Items.Count == 0 ? [] : [new ItemsErased([.. state.Items.Select(i => i.ItemId)], now)];
        return [.. closed, .. emptied, new QueueDeleted(by, now)];
    }

    /// <summary>A request that can be repeated is written down even when it adds nothing: its answer has to stay the same.</summary>
    public static (IReadOnlyList<ReviewQueueEvent> Events, int Added, int Duplicates) Add(
        ReviewQueueState state, ImmutableArray<NewReviewItem> items, string by, ReviewsOptions options, DateTimeOffset now, RequestKey? request = null)
    {
        RequireOpen(state);
        var seen = new HashSet<SpanReference>();
        var fresh = items.Where(i => !state.Index.Contains(i.Span) && seen.Add(i.Span)).ToList();
        if (state.Items.Count + fresh.Count > options.MaxItems)
            throw Failure.BadInput($"The queue has {state.Items.Count} items and may have {options.MaxItems}. Add fewer, or make another queue.");
        if (fresh.Count == 0 && request is null) return ([], 0, items.Length);
        var added = fresh.Select(i => new AddedItem(RandomId.New(), i.Span, i.Golden)).ToImmutableArray();
        var duplicates = items.Length - added.Length;
        var answered = AnsweredRequest.To(request, now) is { } named ? named with { Added = added.Length, Duplicates = duplicates } : null;
        return ([new ItemsAdded(added, by, now) { Answered = answered }], added.Length, duplicates);
    }

    public static void RequireExists(ReviewQueueState state)
    {
        if (!state.Exists) throw Failure.NotFound();
    }

    public static void RequireOpen(ReviewQueueState state)
    {
        RequireExists(state);
        if (state.IsClosed) throw Failure.Conflict("The queue is closed. Make a new one.");
    }

    private static void CheckName(string name, ReviewsOptions options)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > options.MaxNameLength)
            throw Failure.BadInput($"Give the queue a name of 1 to {options.MaxNameLength} characters.");
    }

    private static void CheckRubric(string instructions, ImmutableArray<FailureMode> failureModes, ReviewsOptions options)
    {
        if (instructions.Length > options.MaxTextLength)
            throw Failure.BadInput($"The instructions have {instructions.Length} characters; at most {options.MaxTextLength} are allowed.");
        if (failureModes.Length > options.MaxFailureModes)
            throw Failure.BadInput($"There are {failureModes.Length} failure modes; at most {options.MaxFailureModes} are allowed.");
        if (failureModes.Any(m => string.IsNullOrWhiteSpace(m.Key) || m.Key.Length > options.MaxNameLength
            || string.IsNullOrWhiteSpace(m.Label) || m.Label.Length > options.MaxNameLength))
            throw Failure.BadInput($"Each failure mode needs a key and a label of 1 to {options.MaxNameLength} characters.");
        var twice = failureModes.GroupBy(m => m.Key).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw Failure.BadInput($"The failure mode '{twice.Key}' is there twice.");
    }

    private static void CheckReviewsPerItem(int number, ReviewsOptions options)
    {
        if (number < 1 || number > options.MaxReviewsPerItem) throw Failure.BadInput($"reviewsPerItem is {number}; give 1 to {options.MaxReviewsPerItem}.");
    }

    private static void CheckReviewers(ImmutableArray<string>? reviewers, ReviewsOptions options)
    {
        if (reviewers?.Length > options.MaxReviewers) throw Failure.BadInput($"A queue has at most {options.MaxReviewers} reviewers.");
    }
}
