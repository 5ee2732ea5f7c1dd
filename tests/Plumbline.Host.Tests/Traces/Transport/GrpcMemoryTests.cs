using System.Diagnostics;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>What messages cost the memory of a server in a process of its own.</summary>
public sealed class GrpcMemoryTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Megabyte = 1 << 20;
    private const int UnpackedMegabytes = 600;
    private const int MostGrowth = 200 * Megabyte;

    [Fact]
    public async Task Packed_ThatUnpacksToFarTooMuch_IsNotUnpackedWhole()
    {
        using var process = Process.GetProcessById(server.Process.ProcessId);
        Assert.Equal("0", (await SendAsync(Packing.Gzip(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId())))).Status);
        var before = MostResident(process);
        var refused = await SendAsync(Packing.Gzip(new byte[Megabyte], UnpackedMegabytes));
        Assert.Equal("8", refused.Status);
        Assert.Contains("larger than 16777216 bytes", refused.Message, StringComparison.Ordinal);
        Assert.InRange(MostResident(process) - before, 0, MostGrowth);
    }

    private Task<(string? Status, string? Message, string? Details)> SendAsync(byte[] packed) =>
        GrpcExport.SendAsync(server.Process.OtlpGrpcPort, packed, RunningServer.ApiKey, packed: true);

    private static long MostResident(Process process)
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    }
}
