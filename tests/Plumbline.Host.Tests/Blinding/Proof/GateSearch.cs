namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Looks for a request that tells worlds apart while a gate is gone.</summary>
internal sealed class GateSearch(Theatre theatre)
{
    /// <summary>Pairs that are made for the changes that readers try while a gate is gone, one after another: they are not the same afterwards.</summary>
    private static readonly int[] ToSpoil = [1, 2, 3, 4];

    private const int PairsAtOnce = 4;

    public async Task<Leak?> FindAsync(Gate gate)
    {
        try
        {
            gate.Lift(theatre);
            return await AmongReadingAsync(gate) ?? await AmongChangesAsync(gate);
        }
        finally
        {
            Gate.RestoreAll(theatre);
        }
    }

    /// <summary>What the proof asks with the fixed seeds, without the changes: the pairs stay as they are.</summary>
    private async Task<Leak?> AmongReadingAsync(Gate gate)
    {
        foreach (var pairs in (await theatre.FixedAsync()).Chunk(PairsAtOnce))
        {
            foreach (var (leak, pair) in (await Task.WhenAll(pairs.Select(FirstAsync))).OfType<(Leak, Pair)>())
                if (await IsByTheGateAsync(gate, pair, leak.Caller, leak.Question)) return leak;
        }
        return null;
    }

    private async Task<(Leak Leak, Pair Pair)?> FirstAsync(Pair pair)
    {
        foreach (var caller in Pair.Callers)
            foreach (var question in pair.Of(caller, all: false).Where(q => !q.IsChange))
                if (await pair.AskAsync(theatre.Cast, caller, question) is { } leak) return (leak, pair);
        return null;
    }

    /// <summary>Whether the same request tells nothing while the gate stands.</summary>
    private async Task<bool> IsByTheGateAsync(Gate gate, Pair pair, string caller, Question question)
    {
        Gate.RestoreAll(theatre);
        var isSame = await pair.AskAsync(theatre.Cast, caller, question) is null;
        gate.Lift(theatre);
        return isSame;
    }

    private async Task<Leak?> AmongChangesAsync(Gate gate)
    {
        foreach (var seed in ToSpoil)
        {
            Gate.RestoreAll(theatre);
            var pair = (await theatre.MakeAsync([seed])).Single();
            gate.Lift(theatre);
            foreach (var caller in Pair.Callers.Reverse())
                foreach (var question in pair.Of(caller, all: true).Where(q => q.IsChange))
                    if (await pair.AskAsync(theatre.Cast, caller, question) is { } leak) return leak;
            if (await pair.AskAsync(theatre.Cast, "ADMIN", Changes.Erasure(pair.Plan)) is { } late) return late;
        }
        return null;
    }
}
