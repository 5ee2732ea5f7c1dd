using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.Agreement;

namespace Plumbline.Features.Tests.Reviews;

public sealed class KappaTests
{
    /// <summary>Worked example on grant proposals in Wikipedia's article "Cohen's kappa": 20 both yes, 15 both no, 5 and 10 apart: 0.4.</summary>
    [Fact]
    public void Cohen_PublishedTable_IsAsPublished()
    {
        Ratings[] items = [.. Pairs(20, 2, true), .. Pairs(5, 1, true), .. Pairs(10, 1, false), .. Pairs(15, 0, false)];
        Assert.Equal(0.4, Kappa.Cohen(RatedItems.Of(items))!.Value, 12);
    }

    /// <summary>The same article's pair of tables with equal agreement and unequal margins: 45/15/25/15 gives 0.1304, 25/35/5/35 gives 0.2593.</summary>
    [Theory]
    [InlineData(45, 15, 25, 15, 0.1304)]
    [InlineData(25, 35, 5, 35, 0.2593)]
    public void Cohen_UnequalMargins_IsAsPublished(int both, int first, int second, int neither, double expected) =>
        Assert.Equal(
            expected,
            Kappa.Cohen(RatedItems.Of([.. Pairs(both, 2, true), .. Pairs(first, 1, true), .. Pairs(second, 1, false), .. Pairs(neither, 0, false)]))!.Value,
            4);

    /// <summary>By hand: three raters, items 3-0, 2-1, 0-3, 1-2. P = (1 + 1/3 + 1 + 1/3)/4 = 2/3; shares 1/2, 1/2; kappa = (2/3 - 1/2)/(1/2) = 1/3.</summary>
    [Fact]
    public void Fleiss_ByHand_IsAThird() =>
        Assert.Equal(1 / 3.0, Kappa.Fleiss(RatedItems.Of([new Ratings(3, 0), new Ratings(2, 1), new Ratings(0, 3), new Ratings(1, 2)]))!.Value, 12);

    /// <summary>By hand, raters vary: 2-0, 1-2, 0-2. P = (1 + 1/3 + 1)/3 = 7/9; shares 3/7, 4/7; Pe = 25/49; kappa = (7/9 - 25/49)/(24/49) = 59/108.</summary>
    [Fact]
    public void Fleiss_UnequalNumbersOfRaters_ByHand() =>
        Assert.Equal(59 / 108.0, Kappa.Fleiss(RatedItems.Of([new Ratings(2, 0), new Ratings(1, 2), new Ratings(0, 2)]))!.Value, 9);

    [Fact]
    public void OneLabelOnly_IsUndefined()
    {
        Assert.Null(Kappa.Fleiss(RatedItems.Of([new Ratings(3, 0), new Ratings(2, 0)])));
        Assert.Null(Kappa.Cohen(RatedItems.Of([new Ratings(0, 2), new Ratings(0, 2)])));
        Assert.Null(Kappa.Fleiss(RatedItems.Of([])));
    }

    [Fact]
    public void Interval_IsTheSameEachTime_AndHoldsTheEstimate()
    {
        Ratings[] items = [.. Pairs(20, 2, true), .. Pairs(5, 1, true), .. Pairs(10, 1, false), .. Pairs(15, 0, false)];
        var interval = Bootstrap.Interval(RatedItems.Of(items), Kappa.Cohen)!.Value;
        Assert.Equal(interval, Bootstrap.Interval(RatedItems.Of(items), Kappa.Cohen));
        Assert.InRange(0.4, interval.Low, interval.High);
        // The asymptotic standard error is about 0.126: two of it to each side, give or take.
        Assert.InRange(interval.High - interval.Low, 0.4, 0.6);
    }

    [Fact]
    public void Agreement_LeavesOutGoldenItemsAndAdjudications()
    {
        var queue = Queues.With(["ann", "bob"], items: 2);
        queue.AddItems(1, new GoldenAnswer(Label.Pass, null));
        for (var i = 0; i < 3; i++)
        {
            queue.Judge("ann", Label.Pass);
            queue.Judge("bob", i == 0 ? Label.Fail : i == 1 ? Label.Pass : Label.Fail);
        }
        queue.Adjudicate("dan", Label.Pass);
        queue.Adjudicate("dan", Label.Pass, queue.State.Items[2].ItemId);
        var agreement = QueueAgreement.Of(queue.State);
        Assert.Equal((2, 0.5), (agreement.Items, agreement.Observed));
        var (ann, bob) = (agreement.PerReviewer[0], agreement.PerReviewer[1]);
        Assert.Equal(("ann", 3, 1.0, 1.0), (ann.ReviewerId, ann.Reviews, ann.AgreesWithConsensus, ann.GoldenAccuracy));
        Assert.Equal(("bob", 0.5, 0.0), (bob.ReviewerId, bob.AgreesWithConsensus, bob.GoldenAccuracy));
    }

    private static IEnumerable<Ratings> Pairs(int count, int pass, bool firstPasses) => Enumerable.Repeat(new Ratings(pass, 2 - pass, firstPasses), count);
}
