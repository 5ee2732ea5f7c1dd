using System.Collections.Concurrent;
using System.Diagnostics;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>What clients were told, and how long each kind of them waited after a silo was gone until something it sent then was done.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<Outcome, int> _told = new();
    private readonly ConcurrentDictionary<string, TimeSpan> _recovered = new();
    private long _lostAt = long.MaxValue;

    public int Of(Outcome outcome) => _told.GetValueOrDefault(outcome);

    /// <summary>Notes that a silo is going now.</summary>
    public void Lose()
    {
        _recovered.Clear();
        Volatile.Write(ref _lostAt, Stopwatch.GetTimestamp());
    }

    /// <summary>The longest wait since then.</summary>
    public TimeSpan Recovery => _recovered.Values.Max();

    public void Note(string who, Outcome outcome, long sentAt)
    {
        _told.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        if (outcome == Outcome.Done && sentAt >= Volatile.Read(ref _lostAt)) _recovered.TryAdd(who, Stopwatch.GetElapsedTime(Volatile.Read(ref _lostAt)));
    }

    public override string ToString() => $"{Of(Outcome.Done)} acknowledged, {Of(Outcome.Unavailable)} unavailable, {Of(Outcome.Unknown)} unknown";
}
