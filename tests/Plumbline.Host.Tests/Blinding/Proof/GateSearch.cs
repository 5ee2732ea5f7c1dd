namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Looks for a request that tells worlds apart while a gate is gone.</summary>
internal sealed class GateSearch(Theatre theatre)
{
    private const int PairsAtOnce = 4;

    public async Task<Leak?> FindAsync(Gate gate)
    {
        try
        {
            gate.Lift(theatre);
            if (gate.ShownByChangesOf is { } seed) return await AmongAllAsync(gate, seed, changesAlone: true);
            return await AmongReadingAsync(gate) ?? (gate.IsBehindAnother ? null : await AmongAllAsync(gate, Seeds.Always[0], changesAlone: false));
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

    /// <summary>Everything that can be asked of a pair, which is made for this: it is not the same when readers have tried changes while a
    /// gate is gone.</summary>
    private async Task<Leak?> AmongAllAsync(Gate gate, int seed, bool changesAlone)
    {
        Gate.RestoreAll(theatre);
        var pair = (await theatre.MakeAsync([seed])).Single();
        gate.Lift(theatre);
        foreach (var caller in Pair.Callers.Reverse())
            foreach (var question in pair.Of(caller, all: true).Where(q => q.IsChange || !changesAlone))
                if (await pair.AskAsync(theatre.Cast, caller, question) is { } leak) return leak;
        return await pair.AskAsync(theatre.Cast, "ADMIN", Changes.Erasure(pair.Plan));
    }
}
