namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Draws from a seed: the same draws for the same words, in whichever order they are asked for.</summary>
internal sealed class Draw(params ReadOnlySpan<object> words)
{
    private readonly Random _random = new(SeedOf(words));

    /// <summary>0 to one less than the bound.</summary>
    public int Below(int bound) => _random.Next(bound);

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public bool Chance(double share) => _random.NextDouble() < share;

    public T Of<T>(params IReadOnlyList<T> some) => some[_random.Next(some.Count)];

    /// <summary>That many of them, or all, in a drawn order.</summary>
    public IReadOnlyList<T> Some<T>(IEnumerable<T> all, int count)
    {
        var drawn = all.ToArray();
        _random.Shuffle(drawn);
        return drawn[..Math.Min(count, drawn.Length)];
    }

    /// <summary>FNV-1a: hash codes of strings differ from one process to the next.</summary>
    private static int SeedOf(ReadOnlySpan<object> words)
    {
        var hash = 2166136261u;
        foreach (var word in words)
            foreach (var c in $"{word}|") hash = (hash ^ c) * 16777619u;
        return (int)(hash & int.MaxValue);
    }
}
