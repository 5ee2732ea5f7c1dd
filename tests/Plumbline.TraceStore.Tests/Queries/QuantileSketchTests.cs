namespace Plumbline.TraceStore.Tests.Queries;

public sealed class QuantileSketchTests
{
    [Fact]
    public void Quantile_NumbersOverManyMagnitudes_IsWithinOnePercent()
    {
        var random = new Random(2);
        var numbers = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 42)).Order().ToArray();
        var parts = Enumerable.Range(0, 7).Select(_ => new QuantileSketch()).ToArray();
        foreach (var number in numbers) parts[random.Next(7)].Add(number);
        var sketch = new QuantileSketch();
        foreach (var part in parts) sketch.Add(part);
        for (var q = 0.0; q <= 1; q += 0.01)
        {
            var exact = numbers[(int)(q * (numbers.Length - 1))];
            Assert.InRange(sketch.Quantile(q)!.Value, exact * 0.99, exact * 1.01);
        }
        Assert.Equal(numbers[^1], sketch.Max);
        Assert.Equal(numbers.Length, sketch.Count);
        var copy = QuantileSketch.Of(sketch.ToBuckets(), sketch.Sum, sketch.Max);
        Assert.Equal(sketch.Quantile(0.95), copy.Quantile(0.95));
        double[] several = [0, 0.25, 0.5, 0.5, 0.999, 1];
        var at = new double[several.Length];
        Assert.Equal(copy.Count, QuantileSketch.Quantiles(copy.ToBuckets(), copy.Max, several, at));
        Assert.Equal(several.Select(q => sketch.Quantile(q)!.Value), at);
        Assert.Equal(0, QuantileSketch.Quantiles([], 0, several, at));
    }

    [Theory]
    [InlineData(3, 1, 3, 1)]
    [InlineData(-1, 1)]
    [InlineData(2300, 1)]
    [InlineData(5, -1)]
    public void Of_WhatNoSketchGives_IsRefused(params int[] buckets) => Assert.Throws<ArgumentException>(() => QuantileSketch.Of(buckets, 1, 1));

    [Fact]
    public void Copies_WhenOneIsAddedTo_StayAsTheyWere()
    {
        var sketch = new QuantileSketch();
        for (var i = 1; i < 100; i++) sketch.Add(i * 1000);
        var compact = sketch.ToCompact();
        var copy = new QuantileSketch();
        copy.Add(compact);
        copy.Add(5_000_000);
        sketch.Clear();
        sketch.Add(7);
        Assert.Equal((99, 100, 1), (compact.Count, copy.Count, sketch.Count));
        Assert.InRange(compact.Quantile(1)!.Value, 99_000 * 0.99, 99_000);
        Assert.Equal(copy.ToBuckets()[..^2], compact.ToBuckets());
        Assert.Equal(2, sketch.ToBuckets().Length);
    }

    [Fact]
    public void Quantile_NothingZeroAndTheLargest_AreExact()
    {
        var sketch = new QuantileSketch();
        Assert.Null(sketch.Quantile(0.5));
        Assert.Null(sketch.Mean);
        sketch.Add(-5);
        Assert.Equal(0, sketch.Quantile(0.5));
        sketch.Add(long.MaxValue);
        Assert.InRange(sketch.Quantile(1)!.Value, long.MaxValue * 0.99, long.MaxValue);
    }
}
