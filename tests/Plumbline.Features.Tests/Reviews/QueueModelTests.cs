using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.Queue;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>Random sequences of what reviewers do, against what a queue promises whatever happens.</summary>
public sealed class QueueModelTests
{
    private static readonly string[] People = ["ann", "bob", "cid", "dan"];

    public enum Act { Claim, Submit, SubmitAgain, SubmitAny, Skip, Undo, Revise, Reveal, Wait, WaitLong, Extra, Adjudicate }

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
                   select (steps, items, reviews, shuffle);
        var count = Environment.GetEnvironmentVariable("PLUMBLINE_SOAK") is { Length: > 0 } ? 40_000 : 400;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(runs.ToArbitrary(), run => Run(run.steps, run.items, run.reviews, run.shuffle)));
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

    private static void Run(Step[] steps, int items, int reviewsPerItem, bool shuffle)
    {
        var queue = Queues.With(People, items, reviewsPerItem, shuffle);
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
        }
        CheckReplay(queue);
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
            Assert.All(holders, h => Assert.True(item.IsPendingFor(h.ReviewerId), "a turn at an item one has judged or seen"));
        }
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
            Assert.Equal(queue.State.PendingFor(person).Select(i => i.ItemId).Order(), whole.PendingFor(person).Select(i => i.ItemId).Order());
            Assert.Equal(queue.State.Index.ReviewsOf(person).Select(r => r.ReviewId).Order(), whole.Index.ReviewsOf(person).Select(r => r.ReviewId).Order());
        }
    }

    private static string Json(ReviewQueueState state) => JsonSerializer.Serialize(state, JournalOptions.DefaultJson);

    private sealed class Model
    {
        public Dictionary<string, QueueReview> Reviews { get; } = [];

        public Dictionary<string, string> Turns { get; } = [];

        public void Submitted(QueueReview review) => Reviews[review.ReviewId] = review;
    }
}
