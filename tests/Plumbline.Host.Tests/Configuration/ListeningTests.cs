using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Configuration;

/// <summary>A server alone opens the doors that its options name, and none for other silos.</summary>
public sealed class ListeningTests
{
    [Fact]
    public async Task Server_ListensOnItsOwnPortsAlone()
    {
        Assert.SkipUnless(File.Exists("/proc/net/tcp"), "Sockets are read from /proc.");
        await using var server = await ServerProcess.StartAsync();
        int[] expected = [server.Url.Port, server.OtlpGrpcPort];
        Assert.Equal(expected.Order(), ListeningPorts(server.ProcessId).Order());
    }

    private static IEnumerable<int> ListeningPorts(int process)
    {
        var own = Directory.GetFiles($"/proc/{process}/fd").Select(f => new FileInfo(f).LinkTarget ?? "").Where(t =>
            t.StartsWith("socket:[", StringComparison.Ordinal)).Select(t => t[8..^1]).ToHashSet();
        return new[] { "tcp", "tcp6" }
            .Select(family => $"/proc/{process}/net/{family}").Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts is [_, var local, _, "0A", ..] && local.Contains(':') && own.Contains(parts[9]))
            .Select(parts => int.Parse(parts[1].Split(':')[1], NumberStyles.HexNumber)).Distinct();
    }
}
