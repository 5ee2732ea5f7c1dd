namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>One thing that keeps readers blind, and how a test does without it.</summary>
internal sealed record Gate(string Name, Action<Theatre> Lift)
{
    /// <summary>Gates behind another one: what they keep from a reader cannot be asked for as long as the first one stands.</summary>
    public static IReadOnlyDictionary<string, string> SecondLines { get; } = new Dictionary<string, string>
    {
        ["DatasetDirectory"] = "Lists leave blinded traces out already, whatever datasets a filter finds them in.",
        ["RunGate"] = "The worlds have no runs: their traces have ids drawn at random. It has tests of its own.",
    };

    /// <summary>Every class that asks what a caller is blinded to, and the switches of queues.</summary>
    public static IReadOnlyList<Gate> All { get; } =
    [
        .. LiftableBlinding.Gates.Select(type => new Gate(type.Name, theatre => theatre.Blinding.Lift(type))),
        new Gate("BlindingRules", theatre => theatre.Rules.AreLifted = true),
    ];

    public static void RestoreAll(Theatre theatre)
    {
        theatre.Blinding.Lift(null);
        theatre.Rules.AreLifted = false;
    }
}
