namespace Plumbline.Host.Tests.Outcomes;

/// <summary>Every mutation that is served.</summary>
internal static class Deeds
{
    public static IReadOnlyList<Deed> All { get; } = [.. DeedsByRequestId.All, .. DeedsByContent.All];

    public static Deed Of(string mutation) => All.Single(d => d.Mutation == mutation);
}
