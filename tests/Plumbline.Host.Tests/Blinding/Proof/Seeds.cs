using System.Globalization;
using System.Security.Cryptography;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Which pairs of worlds are compared, and how thoroughly.</summary>
internal static class Seeds
{
    /// <summary>Requests that each caller asks of each pair, but in a soak, where it is all.</summary>
    public const int RequestsPerCaller = 60;

    private const int Fixed = 20;
    private const int New = 5;

    /// <summary>Seeds whose pairs have told worlds apart once; add the one that a failing run names.</summary>
    private static readonly int[] FailedOnce = [];

    /// <summary>How many pairs a soak compares; 0 in a usual run.</summary>
    public static int Soaked { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PLUMBLINE_BLINDING_PAIRS"), CultureInfo.InvariantCulture, out var pairs) ? pairs : 0;

    /// <summary>The one seed to look into, when PLUMBLINE_BLINDING_SEED names it.</summary>
    private static int? Only { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PLUMBLINE_BLINDING_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : null;

    public static bool AreAllRequestsAsked => Soaked > 0;

    /// <summary>The seeds that are the same in every run.</summary>
    public static IReadOnlyList<int> Always { get; } = Only is { } only ? [only] : [.. Enumerable.Range(1, Fixed), .. FailedOnce];

    /// <summary>Seeds that no run had before.</summary>
    public static IEnumerable<int> Fresh() => Only is not null
        ? []
        : Enumerable.Range(0, Math.Max(New, Soaked - Always.Count)).Select(_ => RandomNumberGenerator.GetInt32(1_000, int.MaxValue));
}
