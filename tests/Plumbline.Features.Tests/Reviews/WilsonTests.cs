using Plumbline.Features.Reviews.Agreement;

namespace Plumbline.Features.Tests.Reviews;

public sealed class WilsonTests
{
    /// <summary>R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Interval_PublishedShares_IsAsPublished(int hits, int total, double low, double high)
    {
        var interval = Wilson.Interval(hits, total);
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Interval_OfTheOtherLabel_IsTheMirror()
    {
        for (var hits = 0; hits <= 40; hits++)
        {
            var (low, high) = Wilson.Interval(hits, 40);
            var mirrored = Wilson.Interval(40 - hits, 40);
            Assert.Equal(1 - low, mirrored.High, 12);
            Assert.InRange(hits / 40.0, low, high);
            Assert.InRange(low, 0, 1);
            Assert.InRange(high, 0, 1);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    public void Interval_NoShare_IsRefused(int hits, int total) => Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(hits, total));
}
