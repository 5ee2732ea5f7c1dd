using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>Queues as pure state, with what tests do to them.</summary>
internal sealed class Queues
{
    public static readonly DateTimeOffset Start = new(2026, 1, 7, 9, 0, 0, TimeSpan.Zero);

    public ReviewsOptions Options { get; } = new();

    public ReviewQueueState State { get; private set; } = new();

    public List<ReviewQueueEvent> Events { get; } = [];

    public DateTimeOffset Now { get; set; } = Start;

    public static Queues With(
        string[]? reviewers, int items = 1, int reviewsPerItem = 2, bool shuffle = false,
        ReasoningRequired reasoning = ReasoningRequired.Never, ImmutableArray<FailureMode> modes = default)
    {
        var queues = new Queues();
        queues.Apply(DecideSetup.Create(queues.State, new NewReviewQueue
        {
            Name = "Refunds",
            Instructions = "Is it right?",
            Blinding = new BlindingRules(true, true, true, true, shuffle),
            ReviewsPerItem = reviewsPerItem,
            LeaseMinutes = 20,
            ReasoningRequired = reasoning,
            FailureModes = modes.IsDefault ? [] : modes,
            ReviewerIds = reviewers is null ? null : [.. reviewers],
            CreatedBy = "boss",
        }, queues.Options, queues.Now));
        if (items > 0) queues.AddItems(items);
        return queues;
    }

    public static SpanReference Span(int number) => new($"{number:x32}", $"{number:x16}");

    public void AddItems(int count, GoldenAnswer? golden = null)
    {
        var from = State.Items.Count;
        Apply(DecideSetup.Add(State, [.. Enumerable.Range(from, count).Select(i => new NewReviewItem(Span(i), golden))], "boss", Options, Now).Events);
    }

    public QueueAssignment? Claim(string reviewer)
    {
        Apply(DecideClaim.Claim(State, reviewer, Now));
        return State.Index.Held.GetValueOrDefault(reviewer) is { } held && held.HoldsSlot(Now) ? held : null;
    }

    public QueueReview Submit(
        string reviewer, string assignmentId, Label label = Label.Pass, string? reasoning = null, string? corrected = null,
        params string[] modes)
    {
        Apply(DecideReview.Submit(
            State,
            new SubmittedReview
            {
                AssignmentId = assignmentId,
                ReviewerId = reviewer,
                Label = label,
                Reasoning = reasoning,
                CorrectedOutput = corrected,
                FailureModes = [.. modes],
            },
            Options, Now));
        return State.Index.Review(State.Index.Assignment(assignmentId)!.ReviewId!)!;
    }

    /// <summary>Claims and submits.</summary>
    public QueueReview Judge(string reviewer, Label label = Label.Pass) => Submit(reviewer, Claim(reviewer)!.AssignmentId, label);

    public void Skip(string reviewer, string assignmentId, string reason = "Not my language.") =>
        Apply(DecideReview.Skip(State, assignmentId, reviewer, reason, Options, Now));

    public void Join(params string[] people)
    {
        foreach (var person in people) Apply(DecideSetup.Join(State, person, Options, Now));
    }

    public void Leave(string person) => Apply(DecideSetup.Leave(State, person, Now));

    public void Waive(string reviewer, string reviewId) => Apply(DecideReview.WaiveUndo(State, reviewId, reviewer, Options, Now));

    /// <summary>Lets every undo window end.</summary>
    public void Later() => Now += Options.UndoWindow + TimeSpan.FromSeconds(1);

    /// <summary>The items that the person may still be given.</summary>
    public IReadOnlyList<QueueItem> PendingFor(string person) => [.. DecidePending.For(State, person, Options.UndoableSince(Now))];

    public bool IsPending(string person, int item = 0) => DecidePending.Is(State, State.Items[item], person, Options.UndoableSince(Now));

    /// <summary>The items that anybody may still be given.</summary>
    public IReadOnlyList<QueueItem> PendingForAnybody() => [.. DecidePending.ForAnybody(State, Options.UndoableSince(Now))];

    public void SetReviewers(params string[] people) => Change(new ReviewQueueChange { ReviewerIds = [.. people], ChangedBy = "boss" });

    public QueueAssignment Undo(string reviewer, string reviewId)
    {
        var undone = DecideReview.Undo(State, reviewId, reviewer, Options, Now);
        Apply(undone);
        return State.Index.Assignment(undone.AssignmentId)!;
    }

    public void Revise(string reviewer, string reviewId, Label label) =>
        Apply(DecideReview.Revise(State, new RevisedReview { ReviewId = reviewId, ReviewerId = reviewer, Label = label }, Options, Now));

    public void Adjudicate(string adjudicator, Label label, string? itemId = null) =>
        Apply(DecideItem.Adjudicate(
            State,
            new Adjudication { ItemId = itemId ?? State.Items[0].ItemId, AdjudicatorId = adjudicator, Label = label, Reasoning = "because" },
            Options, Now));

    public void RequestExtra(string by, int item = 0) => Apply(DecideItem.RequestExtraReview(State, State.Items[item].ItemId, by, Options, Now));

    public void Reveal(string user, int item = 0) => Apply(DecideItem.Reveal(State, State.Items[item].ItemId, user, Now));

    public void Change(ReviewQueueChange change) => Apply(DecideSetup.Change(State, change, Options, Now));

    public void Close() => Apply(DecideSetup.Close(State, "boss", Now));

    public ReviewItemState ItemState(int item = 0) => ItemStates.Of(State, State.Items[item], Now);

    public void Apply(params IReadOnlyList<ReviewQueueEvent> events)
    {
        foreach (var happened in events)
        {
            State.Apply(happened);
            Events.Add(happened);
        }
    }
}
