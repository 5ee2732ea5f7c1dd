using System.Collections.Concurrent;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>What was asked for of one kind, by what it is known by.</summary>
internal sealed class Ledger(string kind)
{
    private static int _last;
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private int _unheard;

    /// <summary>A number that no other thing has.</summary>
    public static int Next() => Interlocked.Increment(ref _last);

    public void Acknowledge(string name) => _acknowledged[name] = true;

    /// <summary>Notes that one thing was asked for and no answer believed: it may be there.</summary>
    public void Doubt() => Interlocked.Increment(ref _unheard);

    /// <summary>All that was acknowledged is there once, and nothing is that nobody asked for.</summary>
    public void Check(IEnumerable<string> found)
    {
        var there = found.ToArray();
        Assert.True(
            there.Length == there.Distinct().Count(),
            $"Twice there of {kind}: {string.Join(", ", there.GroupBy(t => t).Where(g => g.Count() > 1).Select(g => g.Key))}");
        var lost = _acknowledged.Keys.Except(there).ToArray();
        Assert.True(lost.Length == 0, $"{lost.Length} of {_acknowledged.Count} acknowledged {kind} are gone: {string.Join(", ", lost.Take(10))}");
        Assert.InRange(there.Length, _acknowledged.Count, _acknowledged.Count + _unheard);
        Assert.NotEmpty(_acknowledged);
    }
}
