namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Looks for a request that tells worlds apart while a gate is gone: among those that asked it something when the proof was run.</summary>
internal sealed class GateSearch
{
    private const int AtOnce = 8;
    private readonly Theatre _theatre;
    private readonly IReadOnlyList<Pair> _fixed;
    private readonly Dictionary<string, Pair> _forChanges;

    private GateSearch(Theatre theatre, IReadOnlyList<Pair> pairs, Dictionary<string, Pair> forChanges) =>
        (_theatre, _fixed, _forChanges) = (theatre, pairs, forChanges);

    /// <summary>Makes a pair for each gate that is looked for by changes: it is not the same when readers have tried them while a gate is gone.</summary>
    public static async Task<GateSearch> BeginAsync(Theatre theatre)
    {
        var gates = Gate.All.Where(g => g.ShownByChangesOf is not null).OrderBy(g => g.ShownByChangesOf).ToList();
        var made = await theatre.MakeAsync(gates.Select(g => g.ShownByChangesOf!.Value));
        return new GateSearch(theatre, await theatre.FixedAsync(), gates.Zip(made).ToDictionary(g => g.First.Name, g => g.Second));
    }

    public async Task<Leak?> FindAsync(Gate gate)
    {
        try
        {
            gate.Lift(_theatre);
            if (_forChanges.TryGetValue(gate.Name, out var pair)) return await AmongAllAsync(gate, pair, changesAlone: true);
            if (await AmongAsync(gate, Drawn(gate)) is { } leak) return leak;
            if (gate.IsBehindAnother) return null;
            if (await AmongAsync(gate, Alike(gate)) is { } other) return other;
            Gate.RestoreAll(_theatre);
            var fresh = (await _theatre.MakeAsync([Seeds.Always[0]])).Single();
            gate.Lift(_theatre);
            return await AmongAllAsync(gate, fresh, changesAlone: false);
        }
        finally
        {
            Gate.RestoreAll(_theatre);
        }
    }

    /// <summary>What the proof asked with the fixed seeds and the gate answered, without the changes: the pairs stay as they are.</summary>
    private IEnumerable<(Pair Pair, string Caller, Question Question)> Drawn(Gate gate)
    {
        var asked = _theatre.Log.Of(gate.Type);
        return from pair in _fixed
               from caller in Pair.Callers
               from question in pair.Of(caller, all: false)
               where !question.IsChange && asked.Contains(GateLog.NameOf(pair.Plan.Seed, caller, question))
               select (pair, caller, question);
    }

    /// <summary>All that the proof could have asked about the same fields, the shortest requests first.</summary>
    private IEnumerable<(Pair Pair, string Caller, Question Question)> Alike(Gate gate)
    {
        var fields = FieldsOf(gate);
        var alike = from pair in _fixed
                    from question in pair.Of("OWNER", all: true)
                    where !question.IsChange && fields.Contains(question.About)
                    orderby question.Template.Length
                    select (pair, question);
        return alike.SelectMany(a => new[] { "OWNER", "key of nobody" }.Select(caller => (a.pair, caller, a.question)));
    }

    /// <summary>The fields that were asked about when the gate answered.</summary>
    private HashSet<string> FieldsOf(Gate gate) => _theatre.Log.Of(gate.Type).Select(name => name.Split(' ')[^1]).ToHashSet(StringComparer.Ordinal);

    private async Task<Leak?> AmongAsync(Gate gate, IEnumerable<(Pair Pair, string Caller, Question Question)> candidates)
    {
        foreach (var some in candidates.Chunk(AtOnce))
        {
            var found = await Task.WhenAll(some.Select(c => c.Pair.AskAsync(_theatre.Cast, c.Caller, c.Question)));
            foreach (var (leak, (pair, caller, question)) in found.Zip(some))
                if (leak is not null && await IsByTheGateAsync(gate, pair, caller, question)) return leak;
        }
        return null;
    }

    /// <summary>Whether the same request tells nothing while the gate stands.</summary>
    private async Task<bool> IsByTheGateAsync(Gate gate, Pair pair, string caller, Question question)
    {
        Gate.RestoreAll(_theatre);
        var isSame = await pair.AskAsync(_theatre.Cast, caller, question) is null;
        gate.Lift(_theatre);
        return isSame;
    }

    /// <summary>Everything that can be asked of a pair, beginning with what is known to ask the gate.</summary>
    private async Task<Leak?> AmongAllAsync(Gate gate, Pair pair, bool changesAlone)
    {
        var known = FieldsOf(gate);
        var erasure = Changes.Erasure(pair.Plan);
        if (gate.Type?.Name == "EraseMutation") return await pair.AskAsync(_theatre.Cast, "ADMIN", erasure);
        foreach (var isKnown in new[] { true, false })
            foreach (var caller in Pair.Callers.Reverse())
                foreach (var question in pair.Of(caller, all: true).Where(q => known.Contains(q.About) == isKnown && (q.IsChange || !changesAlone)))
                    if (await pair.AskAsync(_theatre.Cast, caller, question) is { } leak) return leak;
        return await pair.AskAsync(_theatre.Cast, "ADMIN", erasure);
    }
}
