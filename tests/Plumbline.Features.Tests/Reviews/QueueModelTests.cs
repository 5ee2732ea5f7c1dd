using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>Random sequences of what reviewers do, against what a queue promises whatever happens.</summary>
public sealed class QueueModelTests
{
    private static readonly string[] People = ["ann", "bob", "cid", "dan"];

    public enum Act
    {
        Claim, Submit, SubmitAgain, SubmitAny, Skip, Undo, Waive, Revise, Reveal, Wait, WaitLong, Extra, Adjudicate, Join, Leave,
        SetReviewers, AddItem, ReviewsPerItem,
    }

    public sealed record Step(Act Act, int Person, int Pick, bool Pass);

    [Fact]
    public void AnySequence_KeepsThePromises()
    {
        var step = from act in Gen.Elements(Enum.GetValues<Act>().Concat([Act.Claim, Act.Claim, Act.Submit, Act.Submit, Act.Submit]))
                   from person in Gen.Choose(0, People.Length - 1)
                   from pick in Gen.Choose(0, 50)
                   from pass in Gen.Elements(true, false)
                   select new Step(act, person, pick, pass);
        var runs = from steps in Gen.ArrayOf(step, 60)
                   from items in Gen.Choose(1, 4)
                   from reviews in Gen.Choose(1, 3)
                   from shuffle in Gen.Elements(true, false)
                   from isOpen in Gen.Elements(true, false)
                   select (steps, items, reviews, shuffle, isOpen);
        var count = Environment.GetEnvironmentVariable("PLUMBLINE_SOAK") is { Length: > 0 } ? 40_000 : 400;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count),
            Prop.ForAll(runs.ToArbitrary(), run => Run(run.steps, run.items, run.reviews, run.shuffle, run.isOpen)));
    }

    [Fact]
    public void Undo_AfterALeaseThatRanOut_LeavesThatLeaseAlone()
    {
        var queue = Queues.With(["ann", "bob"], items: 3, reviewsPerItem: 1);
        var expired = queue.Claim("ann")!;
        queue.Now += TimeSpan.FromMinutes(30);
        queue.Claim("bob");
        var ranOut = expired.LeaseUntil;
        var review = queue.Judge("ann");

        var restored = JsonSerializer.Deserialize<ReviewQueueState>(Json(queue.State), JournalOptions.DefaultJson)!;
        queue.Undo("ann", review.ReviewId);
        restored.Apply(queue.Events[^1]);

        Assert.Equal(ranOut, expired.LeaseUntil);
        Assert.Equal(ranOut, restored.Index.Assignment(expired.AssignmentId)!.LeaseUntil);
        Assert.Equal(Json(queue.State), Json(restored));
    }

    private static void Run(Step[] steps, int items, int reviewsPerItem, bool shuffle, bool isOpen)
    {
        var queue = Queues.With(isOpen ? null : People, items, reviewsPerItem, shuffle);
        var model = new Model();
        foreach (var step in steps)
        {
            try
            {
                Take(queue, model, step, People[step.Person]);
            }
            catch (RequestFailedException e)
            {
                Assert.NotEqual(FailureCode.Internal, e.Code);
            }
            CheckPromises(queue, model);
            model.CheckReading(queue);
        }
        CheckReplay(queue);
        CheckDrains(queue, steps);
    }

    private static void Take(Queues queue, Model model, Step step, string person)
    {
        var label = step.Pass ? Label.Pass : Label.Fail;
        switch (step.Act)
        {
            case Act.Claim:
                if (queue.Claim(person) is { } claimed) model.Turns[claimed.AssignmentId] = person;
                break;
            case Act.Submit when queue.State.Index.Held.TryGetValue(person, out var held):
                model.Submitted(queue.Submit(person, held.AssignmentId, label));
                break;
            case Act.SubmitAgain when model.Reviews.Values.LastOrDefault(r => r.ReviewerId == person) is { AssignmentId: { } done } known:
                Assert.Equal(known.ReviewId, queue.Submit(person, done, label).ReviewId);
                break;
            case Act.SubmitAny when model.Turns.Count > 0:
                model.Submitted(queue.Submit(person, model.Turns.ElementAt(step.Pick % model.Turns.Count).Key, label));
                break;
            case Act.Skip when queue.State.Index.Held.TryGetValue(person, out var held):
                queue.Skip(person, held.AssignmentId);
                break;
            case Act.Undo when model.Reviews.Count > 0:
                var undone = model.Reviews.ElementAt(step.Pick % model.Reviews.Count).Value;
                model.Turns[queue.Undo(person, undone.ReviewId).AssignmentId] = person;
                Assert.Equal(person, undone.ReviewerId);
                model.Reviews.Remove(undone.ReviewId);
                model.Undone.Add(undone.ReviewId);
                break;
            case Act.Waive when model.Reviews.Count > 0:
                queue.Waive(person, model.Reviews.ElementAt(step.Pick % model.Reviews.Count).Key);
                break;
            case Act.Join:
                queue.Join(person);
                break;
            case Act.Leave when step.Pick < 20:
                queue.Leave(person);
                break;
            case Act.SetReviewers when step.Pick < 10:
                queue.SetReviewers([.. People.Where((_, i) => (step.Pick + 1 & 1 << i) != 0)]);
                break;
            case Act.ReviewsPerItem when step.Pick < 20:
                queue.Change(new ReviewQueueChange { ReviewsPerItem = 1 + (step.Pick % 4), ChangedBy = "boss" });
                break;
            case Act.AddItem when queue.State.Items.Count < 8:
                queue.AddItems(1);
                break;
            case Act.Revise when model.Reviews.Count > 0:
                queue.Revise(person, model.Reviews.ElementAt(step.Pick % model.Reviews.Count).Key, label);
                break;
            case Act.Reveal:
                queue.Apply(DecideItem.Reveal(queue.State, queue.State.Items[step.Pick % queue.State.Items.Count].ItemId, person, queue.Now));
                break;
            case Act.Wait:
                queue.Now += TimeSpan.FromSeconds(step.Pick);
                break;
            case Act.WaitLong:
                queue.Now += TimeSpan.FromMinutes(step.Pick);
                break;
            case Act.Extra:
                queue.Apply(DecideItem.RequestExtraReview(
                    queue.State, queue.State.Items[step.Pick % queue.State.Items.Count].ItemId, "boss", queue.Options, queue.Now));
                break;
            case Act.Adjudicate:
                queue.Adjudicate("boss", label, queue.State.Items[step.Pick % queue.State.Items.Count].ItemId);
                break;
        }
    }

    private static void CheckPromises(Queues queue, Model model)
    {
        foreach (var item in queue.State.Items)
        {
            Assert.True(item.Reviews.Count <= item.ReviewsNeeded, "more reviews than asked for");
            Assert.Equal(item.Reviews.Count, item.Reviews.Select(r => r.ReviewerId).Distinct().Count());
            var holders = item.Assignments.Where(a => a.HoldsSlot(queue.Now)).ToList();
            Assert.True(item.Reviews.Count + holders.Count <= item.ReviewsNeeded, "more slots held than there are");
            Assert.Equal(holders.Count, holders.Select(h => h.ReviewerId).Distinct().Count());
            Assert.All(holders, h => Assert.True(queue.State.IsOpenTo(item, h.ReviewerId), "a turn at an item one has judged or seen"));
            Assert.All(holders, h => Assert.Contains(item, queue.PendingFor(h.ReviewerId)));
            if (item.Adjudication is { } decided) Assert.Equal(decided.Label, item.Consensus);
        }
        Assert.Equal(People.SelectMany(queue.PendingFor).ToHashSet(), queue.PendingForAnybody().ToHashSet());
        foreach (var person in People)
            Assert.Equal(queue.State.Items.Where((_, i) => queue.IsPending(person, i)).ToHashSet(), queue.PendingFor(person).ToHashSet());
        Assert.Equal(model.Undone.Order(), queue.State.Items.SelectMany(i => i.Undone).Select(r => r.ReviewId).Order());
        Assert.Equal(model.Reviews.Keys.Order(), queue.State.Items.SelectMany(i => i.Reviews).Select(r => r.ReviewId).Order());
        foreach (var person in People)
            Assert.True(
                queue.State.Items.SelectMany(i => i.Assignments).Count(a => a.ReviewerId == person && a.HoldsSlot(queue.Now)) <= 1,
                "two turns at once");
    }

    /// <summary>Replaying all events, or going on from a snapshot taken at any event, gives the same state.</summary>
    private static void CheckReplay(Queues queue)
    {
        var expected = Json(queue.State);
        var whole = new ReviewQueueState();
        var cut = queue.Events.Count / 2;
        for (var i = 0; i < queue.Events.Count; i++)
        {
            if (i == cut) whole = JsonSerializer.Deserialize<ReviewQueueState>(Json(whole), JournalOptions.DefaultJson)!;
            whole.Apply(JsonSerializer.Deserialize<ReviewQueueEvent>(
                JsonSerializer.Serialize(queue.Events[i], JournalOptions.DefaultJson), JournalOptions.DefaultJson)!);
        }
        Assert.Equal(expected, Json(whole));
        foreach (var person in People)
        {
            Assert.Equal(
                queue.State.Index.Held.GetValueOrDefault(person) is { } held && held.HoldsSlot(queue.Now) ? held.AssignmentId : null,
                whole.Index.Held.GetValueOrDefault(person) is { } replayed && replayed.HoldsSlot(queue.Now) ? replayed.AssignmentId : null);
            Assert.Equal(
                queue.PendingFor(person).Select(i => i.ItemId).Order(),
                DecidePending.For(whole, person, queue.Options.UndoableSince(queue.Now)).Select(i => i.ItemId).Order());
            Assert.Equal(queue.State.Index.ReviewsOf(person).Select(r => r.ReviewId).Order(), whole.Index.ReviewsOf(person).Select(r => r.ReviewId).Order());
        }
    }

    /// <summary>When everybody takes whatever they are given until nobody is given anything, each item is decided or the queue says what it lacks.</summary>
    private static void CheckDrains(Queues queue, Step[] steps)
    {
        queue.Now += TimeSpan.FromHours(1);
        var turns = 0;
        for (var given = true; given;)
        {
            given = false;
            foreach (var person in People.Where(queue.State.Reviewers.Contains))
            {
                if (queue.Claim(person) is not { } turn) continue;
                given = true;
                var step = steps.Length == 0 ? new Step(Act.Submit, 0, 0, true) : steps[turns % steps.Length];
                if (step.Pick % 3 == 0) queue.Skip(person, turn.AssignmentId);
                else queue.Submit(person, turn.AssignmentId, step.Pass ? Label.Pass : Label.Fail);
                Assert.True(++turns < 500, "the queue never drains");
            }
        }
        queue.Later();
        var nobodyJoined = queue.State.OpenToAll && queue.State.Reviewers.Count == 0;
        ReviewItemState[] ends = [
            ReviewItemState.Agreed, ReviewItemState.Disputed, ReviewItemState.Adjudicated, ReviewItemState.Stuck, ReviewItemState.ShortOfReviewers,
        ];
        for (var i = 0; i < queue.State.Items.Count; i++)
            Assert.True(nobodyJoined || ends.Contains(queue.ItemState(i)), $"an item is left that nobody is given: {queue.ItemState(i)}");
        var told = QueueProjection.Progress(queue.State, queue.Now);
        Assert.Equal(told.Total, told.Reviewed + told.Stuck + told.ShortOfReviewers + (nobodyJoined ? told.Waiting + told.InReview : 0));
    }

    private static string Json(ReviewQueueState state) => JsonSerializer.Serialize(state, JournalOptions.DefaultJson);

    private sealed class Model
    {
        public Dictionary<string, QueueReview> Reviews { get; } = [];

        public Dictionary<string, string> Turns { get; } = [];

        public List<string> Undone { get; } = [];

        private HashSet<(string Person, string Item)> WerePending { get; } = [];

        private HashSet<(string Person, string Item)> CouldRead { get; } = [];

        private HashSet<(string Person, string Item, string Review)> Given { get; } = [];

        public void Submitted(QueueReview review) => Reviews[review.ReviewId] = review;

        /// <summary>Whoever was to judge an item and then could read what others said of it is neither blinded to it again nor judges it.</summary>
        public void CheckReading(Queues queue)
        {
            foreach (var (item, person) in queue.State.Items.SelectMany(i => People.Select(p => (i, p))))
            {
                var own = item.ReviewOf(person) is { } review && Given.Add((person, item.ItemId, review.ReviewId));
                var pending = queue.PendingFor(person).Contains(item);
                if (CouldRead.Contains((person, item.ItemId))) Assert.False(own || pending, "judges what they could read");
                else if (pending) WerePending.Add((person, item.ItemId));
                else if (WerePending.Contains((person, item.ItemId))) CouldRead.Add((person, item.ItemId));
            }
        }
    }
}
