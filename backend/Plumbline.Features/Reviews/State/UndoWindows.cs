namespace Plumbline.Features.Reviews.State;

/// <summary>All reviews by the time of their submission. An undo window ends by the clock and leaves no event, so whoever keeps an answer that rests on one
/// has to be told by how many have ended.</summary>
internal sealed class UndoWindows
{
    private readonly List<QueueReview> _reviews = [];

    public void Add(QueueReview review) => _reviews.Insert(FirstSince(review.SubmittedAt.AddTicks(1)), review);

    public void Remove(QueueReview review)
    {
        for (var i = FirstSince(review.SubmittedAt); i < _reviews.Count; i++)
        {
            if (_reviews[i] != review) continue;
            _reviews.RemoveAt(i);
            return;
        }
    }

    /// <summary>How many are over.</summary>
    /// <param name="undoableSince">Reviews that were submitted then or later may still be taken back.</param>
    public int Ended(DateTimeOffset undoableSince) => FirstSince(undoableSince);

    /// <summary>When the review was submitted whose window ends next; null when none is open.</summary>
    public DateTimeOffset? EndsNext(DateTimeOffset undoableSince) =>
        FirstSince(undoableSince) is var first && first < _reviews.Count ? _reviews[first].SubmittedAt : null;

    /// <summary>The reviews whose window is open, oldest first.</summary>
    public IEnumerable<QueueReview> Open(DateTimeOffset undoableSince) => _reviews.Skip(FirstSince(undoableSince));

    private int FirstSince(DateTimeOffset at)
    {
        var (from, to) = (0, _reviews.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (_reviews[middle].SubmittedAt < at) from = middle + 1;
            else to = middle;
        }
        return from;
    }
}
