using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

/// <summary>Finds the parts of a queue. Made from the items, and kept beside them.</summary>
internal sealed class QueueIndex
{
    private readonly Dictionary<string, QueueItem> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<SpanReference, QueueItem> _spans = [];
    private readonly Dictionary<string, List<QueueItem>> _traces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueueAssignment> _assignments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueueReview> _reviews = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<QueueReview>> _byReviewer = new(StringComparer.Ordinal);
    private readonly HashSet<QueueItem> _needingReviews = [];
    private readonly HashSet<QueueItem> _undecided = [];

    public QueueIndex(List<QueueItem> items)
    {
        foreach (var item in items) Add(item);
        // Replay puts reviews in the order of their submission; a snapshot holds them by item. Of several at the same time the last is the one that may
        // still be taken back.
        foreach (var own in _byReviewer.Values) own.Sort(static (a, b) => (a.SubmittedAt, !a.UndoEnded).CompareTo((b.SubmittedAt, !b.UndoEnded)));
    }

    public IReadOnlyCollection<QueueItem> NeedingReviews => _needingReviews;

    /// <summary>Those that need reviews or an adjudicator.</summary>
    public IReadOnlyCollection<QueueItem> Undecided => _undecided;

    public UndoWindows UndoWindows { get; } = new();

    /// <summary>The latest turn of each reviewer that has not ended; its lease may have run out.</summary>
    public Dictionary<string, QueueAssignment> Held { get; } = new(StringComparer.Ordinal);

    public QueueItem? Item(string itemId) => _items.GetValueOrDefault(itemId);

    public bool Contains(SpanReference span) => _spans.ContainsKey(span);

    public IReadOnlyList<QueueItem> OfTrace(string traceId) => _traces.GetValueOrDefault(traceId) ?? [];

    public QueueAssignment? Assignment(string assignmentId) => _assignments.GetValueOrDefault(assignmentId);

    public QueueReview? Review(string reviewId) => _reviews.GetValueOrDefault(reviewId);

    /// <summary>A reviewer's reviews, oldest first; adjudications are not among them.</summary>
    public IReadOnlyList<QueueReview> ReviewsOf(string reviewerId) => _byReviewer.GetValueOrDefault(reviewerId) ?? [];

    public IEnumerable<QueueAssignment> OpenAssignments() => _assignments.Values.Where(a => a.State == AssignmentState.Open);

    public void Add(QueueItem item)
    {
        _items.Add(item.ItemId, item);
        _spans.Add(item.Span, item);
        if (!_traces.TryGetValue(item.Span.TraceId, out var ofTrace)) _traces.Add(item.Span.TraceId, ofTrace = []);
        ofTrace.Add(item);
        foreach (var assignment in item.Assignments) Adopt(assignment);
        foreach (var review in item.Reviews) Add(review);
        if (item.Adjudication is not null) Add(item.Adjudication);
        Refresh(item);
    }

    public void Add(QueueAssignment assignment) => _assignments.Add(assignment.AssignmentId, assignment);

    public void Add(QueueReview review)
    {
        _reviews.Add(review.ReviewId, review);
        if (review.AssignmentId is null) return;
        if (!_byReviewer.TryGetValue(review.ReviewerId, out var own)) _byReviewer.Add(review.ReviewerId, own = []);
        own.Add(review);
        UndoWindows.Add(review);
    }

    public void Remove(QueueItem item)
    {
        _items.Remove(item.ItemId);
        _spans.Remove(item.Span);
        _traces[item.Span.TraceId].Remove(item);
        _needingReviews.Remove(item);
        _undecided.Remove(item);
        foreach (var assignment in item.Assignments) _assignments.Remove(assignment.AssignmentId);
        foreach (var review in item.Reviews) Remove(review);
        if (item.Adjudication is { } decided) _reviews.Remove(decided.ReviewId);
    }

    public void Remove(QueueReview review)
    {
        _reviews.Remove(review.ReviewId);
        _byReviewer[review.ReviewerId].Remove(review);
        UndoWindows.Remove(review);
    }

    /// <summary>To be called when an item's reviews, their number or what came of them changed.</summary>
    public void Refresh(QueueItem item)
    {
        Keep(_needingReviews, item, item.NeedsReviews);
        Keep(_undecided, item, item.Consensus is null);
    }

    private static void Keep(HashSet<QueueItem> set, QueueItem item, bool belongs)
    {
        if (belongs) set.Add(item);
        else set.Remove(item);
    }

    private void Adopt(QueueAssignment assignment)
    {
        Add(assignment);
        if (assignment.State != AssignmentState.Open) return;
        if (!Held.TryGetValue(assignment.ReviewerId, out var held) || held.LeaseUntil < assignment.LeaseUntil) Held[assignment.ReviewerId] = assignment;
    }
}
