using System.Globalization;

namespace Plumbline.TraceStore.Tests;

/// <summary>How long random tests go on: fifty times as long with PLUMBLINE_SOAK set.</summary>
internal static class Soak
{
    private static bool IsOn => Environment.GetEnvironmentVariable("PLUMBLINE_SOAK") is { Length: > 0 };

    public static int Count(int usually) => IsOn ? usually * 50 : usually;

    /// <summary>Where seeds begin: at PLUMBLINE_SEED when that is given, to see a failure again; else anywhere in a soak, and at 1 otherwise.</summary>
    public static int FirstSeed =>
        Environment.GetEnvironmentVariable("PLUMBLINE_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : IsOn
            ? Random.Shared.Next(int.MaxValue / 2)
            : 1;
}
