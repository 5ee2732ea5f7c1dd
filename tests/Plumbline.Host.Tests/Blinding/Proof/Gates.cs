namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>One thing that keeps readers blind, and how a test does without it.</summary>
internal sealed record Gate(string Name, Type? Type, Action<Theatre> Lift)
{
    /// <summary>Gates behind another one: what they keep from a reader cannot be asked for as long as the first one stands.</summary>
    public static IReadOnlyDictionary<string, string> SecondLines { get; } = new Dictionary<string, string>
    {
        ["DatasetDirectory"] = "Lists leave blinded traces out already, whatever datasets a filter finds them in.",
    };

    /// <summary>Gates before changes, and seeds whose pairs show by a change that one is gone: they are looked for there.</summary>
    private static readonly Dictionary<string, int> BeforeChanges = new()
    {
        ["AssignmentResolvers"] = 4,
        ["BlindingRules"] = 4,
        ["DatasetMutations"] = 1,
        ["EraseMutation"] = 1,
        ["ExampleSource"] = 1,
        ["SpanSelection"] = 2,
    };

    /// <summary>The seed of a pair whose changes tell that the gate is gone; null when reading does.</summary>
    public int? ShownByChangesOf => BeforeChanges.TryGetValue(Name, out var seed) ? seed : null;

    public bool IsBehindAnother => SecondLines.ContainsKey(Name);

    /// <summary>Every class that asks what a caller is blinded to, and the switches of queues.</summary>
    public static IReadOnlyList<Gate> All { get; } =
    [
        .. LiftableBlinding.Gates.Select(type => new Gate(type.Name, type, theatre => theatre.Blinding.Lift(type))),
        new Gate("BlindingRules", null, theatre => theatre.Rules.AreLifted = true),
    ];

    public static void RestoreAll(Theatre theatre)
    {
        theatre.Blinding.Lift(null);
        theatre.Rules.AreLifted = false;
    }
}
