using Plumbline.Contracts.Reviews;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>In what the two worlds of a pair differ.</summary>
internal enum Difference
{
    /// <summary>What others, evaluators among them, said of the outputs that the readers are still to judge.</summary>
    Said,

    /// <summary>What is hidden of the traces that the readers are still to judge.</summary>
    Facts,
}

/// <summary>How the readers stand to a trace.</summary>
internal enum Sight
{
    /// <summary>They are not to judge it.</summary>
    Plain,

    /// <summary>They are to judge it in a queue that hides something.</summary>
    Hidden,

    /// <summary>They are to judge it in a queue with all switches off.</summary>
    Open,

    /// <summary>They are not to judge it; it comes when they watch.</summary>
    Signal,
}

/// <summary>A trace of both worlds, with its facts in each.</summary>
internal sealed record PlannedTrace(string Name, int Number, Sight Sight, string Session, Facts First, Facts Second)
{
    /// <summary>The same in both worlds.</summary>
    public string TraceId => $"{(Sight == Sight.Plain ? 'a' : Sight == Sight.Signal ? 'c' : 'b')}{Number:x31}";

    public string RootId => $"5{Number:x15}";

    public Facts In(int side) => side == 0 ? First : Second;
}

/// <summary>A queue of both worlds.</summary>
/// <param name="IsOfReaders">Whether the readers are to review in it, besides two colleagues.</param>
/// <param name="IsOpen">Whether its reviewers join by themselves.</param>
internal sealed record PlannedQueue(
    string Name, bool IsOfReaders, bool IsOpen, BlindingRules Rules, IReadOnlyList<PlannedTrace> Traces, bool IsClosed, bool HasGolden)
{
    /// <summary>Whether all its switches are off.</summary>
    public bool IsSeen => !Rules.HidesTraces;
}

/// <summary>A pair of worlds, drawn from a seed: what there is in both, and in what they differ. What people do there is in <see cref="Acts"/>.</summary>
internal sealed record Plan(
    int Seed, Difference Difference, bool IsSealed, IReadOnlyList<string> Prompts, IReadOnlyList<PlannedTrace> Traces, IReadOnlyList<PlannedQueue> Queues)
{
    public static Plan Of(int seed)
    {
        var draw = new Draw(seed, "plan");
        var difference = seed % 2 == 0 ? Difference.Facts : Difference.Said;
        string[] prompts = ["refund", "alpha", "beta"];
        var rules = Enumerable.Range(0, draw.Between(1, 3)).Select(_ => DrawRules(draw)).ToList();
        // One set of switches for all hidden traces: a trace in several queues is as hidden as in the strictest of them.
        var strictest = rules.Aggregate((a, b) => a.Or(b));
        var traces = new List<PlannedTrace>();
        foreach (var sight in Sights(draw))
        {
            var number = traces.Count + 1;
            var name = $"{sight.ToString().ToLowerInvariant()}{number}";
            var usual = Facts.Draw(new Draw(seed, name, "facts"), prompts);
            var other = Facts.Draw(new Draw(seed, name, "other facts"), prompts);
            var second = (sight, difference) switch
            {
                (Sight.Hidden, Difference.Facts) => other.Under(strictest, usual),
                (Sight.Hidden or Sight.Open, Difference.Said) => usual with { Score = other.Score, Verdict = other.Verdict },
                _ => usual,
            };
            traces.Add(new PlannedTrace(name, number, sight, draw.Of("visit-1", "visit-2", "visit-3"), usual, second));
        }
        return new Plan(seed, difference, draw.Chance(0.4), prompts, traces, [.. DrawQueues(seed, draw, traces, rules)]);
    }

    private static IEnumerable<Sight> Sights(Draw draw)
    {
        var sights = Enumerable.Repeat(Sight.Plain, draw.Between(2, 4))
            .Concat(Enumerable.Repeat(Sight.Hidden, draw.Between(1, 3)))
            .Concat(Enumerable.Repeat(Sight.Open, draw.Between(0, 2)));
        return draw.Some(sights, int.MaxValue);
    }

    private static BlindingRules DrawRules(Draw draw)
    {
        var switches = draw.Between(1, 15);
        // Who shuffles is drawn apart: the order of turns goes by ids drawn at random, and differs between any two worlds.
        return new BlindingRules((switches & 1) != 0, (switches & 2) != 0, (switches & 4) != 0, (switches & 8) != 0, false);
    }

    private static IEnumerable<PlannedQueue> DrawQueues(int seed, Draw draw, List<PlannedTrace> traces, List<BlindingRules> rules)
    {
        var nothing = new BlindingRules(false, false, false, false, false);
        List<PlannedTrace> With(Sight sight) => [.. traces.Where(t => t.Sight == sight)];
        // Every hidden trace is in each of the readers' queues, so that the strictest of all applies to it.
        var hidden = With(Sight.Hidden);
        foreach (var (rule, i) in rules.Select((r, i) => (r, i)))
        {
            // A queue of one item has one order.
            var shuffled = rule with { Shuffle = hidden.Count == 1 && new Draw(seed, "own", i, "shuffle").Chance(0.5) };
            yield return new PlannedQueue($"own{i}", true, draw.Chance(0.4), shuffled, hidden, false, draw.Chance(0.3));
        }
        if (With(Sight.Open) is { Count: > 0 } open) yield return new PlannedQueue("eyes open", true, false, nothing, open, false, false);
        foreach (var i in Enumerable.Range(0, draw.Between(1, 2)))
        {
            var closed = draw.Chance(0.3);
            var rule = draw.Chance(0.5) ? nothing : DrawRules(draw);
            var some = draw.Some(traces, 6);
            // Readers get no turn here: they see what was made of it, and not in which order.
            var shuffled = rule with { Shuffle = new Draw(seed, "others", i, "shuffle").Chance(0.5) };
            yield return new PlannedQueue($"others{i}", false, false, shuffled, some, closed, false);
        }
    }
}
