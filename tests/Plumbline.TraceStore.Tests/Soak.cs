namespace Plumbline.TraceStore.Tests;

/// <summary>How long random tests go on: fifty times as long with PLUMBLINE_SOAK set.</summary>
internal static class Soak
{
    public static int Count(int usually) => Environment.GetEnvironmentVariable("PLUMBLINE_SOAK") is { Length: > 0 } ? usually * 50 : usually;
}
