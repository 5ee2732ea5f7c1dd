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
