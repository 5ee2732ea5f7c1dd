using Plumbline.Host.Telemetry.Projects;

namespace Plumbline.Host.Tests.Telemetry;

public sealed class SeriesLimitTests
{
    [Fact]
    public void Apply_MoreModelsThanAllowed_SumsUpTheOnesWithTheFewestCalls()
    {
        var limited = SeriesLimit.Apply(new([Calls("a/x", "m1", 10), Calls("a/x", "m2", 3), Calls("a/x", "m3", 2), Calls("b/y", "m1", 5)], []), 2);
        Assert.Equal(
            [Calls("a/x", "m1", 10), Calls("a/x", SeriesLimit.Other, 5), Calls("b/y", "m1", 5)],
            limited.Models.OrderBy(m => m.Project, StringComparer.Ordinal).ThenBy(m => m.Model, StringComparer.Ordinal));
    }

    [Fact]
    public void Apply_MoreProjectsThanAllowed_SumsThemUp_HiddenTracesToo()
    {
        HiddenTraces[] hidden = [new("a/x", 1), new("b/y", 2), new("c/z", 4), new("d/q", 8)];
        var limited = SeriesLimit.Apply(new([Calls("a/x", "m1", 1), Calls("b/y", "m1", 5), Calls("c/z", "m2", 2)], hidden), 1);
        Assert.Equal(new[] { Calls("b/y", "m1", 5), Calls(SeriesLimit.Other, SeriesLimit.Other, 3) }.ToHashSet(), limited.Models.ToHashSet());
        Assert.Equal(new HiddenTraces[] { new("b/y", 2), new(SeriesLimit.Other, 13) }.ToHashSet(), limited.Hidden.ToHashSet());
    }

    [Fact]
    public void Apply_WithinTheLimit_LeavesAllAsItIs_AndCutsLongNames()
    {
        var longName = new string('m', 5_000);
        ModelFigures[] models = [Calls("a/x", longName + "1", 1), Calls("a/x", longName + "2", 2), Calls("a/x", "other", 4)];
        var limited = SeriesLimit.Apply(new(models, [new("e/mpty", 0)]), 200);
        Assert.Equal([Calls("a/x", "other", 4), Calls("a/x", longName[..SeriesLimit.LongestModel], 3)], limited.Models.OrderByDescending(m => m.Requests));
        Assert.Equal([new("e/mpty", 0)], limited.Hidden);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void Apply_AnyFigures_KeepsSumsAndBounds(int most)
    {
        var random = new Random(most);
        var models = Enumerable.Range(0, 3_000).Select(i => Calls($"o/p{random.Next(400)}", $"m{i}", random.Next(50))).ToArray();
        var limited = SeriesLimit.Apply(new(models, [.. Enumerable.Range(0, 400).Select(i => new HiddenTraces($"o/p{i}", i))]), most);
        Assert.Equal(Total(models), Total(limited.Models));
        Assert.Equal(Enumerable.Range(0, 400).Sum(), limited.Hidden.Sum(h => h.Count));
        Assert.InRange(limited.Models.Count, 1, 2 * most + 1);
        Assert.InRange(limited.Hidden.Count, 1, most + 1);
        Assert.True(2 * (limited.Models.Count + limited.Hidden.Count) <= ProjectGauges.MaxSeries(most));
        Assert.Equal(limited.Models.Count, limited.Models.DistinctBy(m => (m.Project, m.Model)).Count());
    }

    private static ModelFigures Total(IEnumerable<ModelFigures> models) => models.Aggregate((a, b) => a + b) with { Project = "", Model = "" };

    private static ModelFigures Calls(string project, string model, long requests) =>
        new(project, model, requests, requests / 2, requests * 10, requests * 3, requests * 0.5m);
}
