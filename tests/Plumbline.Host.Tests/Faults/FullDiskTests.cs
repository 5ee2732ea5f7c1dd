using System.Net;
using System.Text;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Faults;

/// <summary>A disk without space: telemetry is refused for the time being, reads go on, and all is well again as soon as there is space.</summary>
/// <remarks>The data folder is a small file system of its own, mounted in a name space that ends with the server.</remarks>
public sealed class FullDiskTests
{
    private const int MegabytesOfDisk = 32;

    [Fact]
    public async Task FullDisk_Refuses_GoesOnAnswering_AndRecoversByItself()
    {
        await using var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun, launcher: SmallDisk.Launcher(MegabytesOfDisk));
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        var (kept, refused) = (new HashSet<string>(), new HashSet<string>());
        await SendAsync(script, HttpStatusCode.OK, kept);

        var filler = SmallDisk.Fill(server);
        for (var i = 0; i < 3; i++) await SendAsync(script, HttpStatusCode.ServiceUnavailable, refused);
        var grpc = await GrpcExport.SendAsync(server.OtlpGrpcPort, Body(TraceSender.NewTraceId()), RunningServer.ApiKey);
        Assert.Equal("14", grpc.Status);
        Assert.Contains(
            "google.rpc.RetryInfo",
            Encoding.ASCII.GetString(Convert.FromBase64String(grpc.Details! + new string('=', (4 - (grpc.Details!.Length % 4)) % 4))),
            StringComparison.Ordinal);
        Assert.Equal(kept, [.. (await TraceSender.ListAsync(script)).Keys]);

        File.Delete(filler);
        await SendAsync(script, HttpStatusCode.OK, kept);
        var listed = await TraceSender.ListAsync(script);
        Assert.Equal(kept.Order(), listed.Keys.Order());
        Assert.Empty(refused.Intersect(listed.Keys));
        await server.PrintedAsync("no space is left on the disk");
    }

    [Fact]
    public async Task DiskThatIsFullBeforeTheFirstSpan_Refuses_AndRecoversByItself()
    {
        await using var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun, launcher: SmallDisk.Launcher(MegabytesOfDisk));
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        var filler = SmallDisk.Fill(server);
        await SendAsync(script, HttpStatusCode.ServiceUnavailable, []);
        File.Delete(filler);
        var kept = new HashSet<string>();
        await SendAsync(script, HttpStatusCode.OK, kept);
        Assert.Equal(kept, [.. (await TraceSender.ListAsync(script)).Keys]);
    }

    private static async Task SendAsync(ServerClient script, HttpStatusCode expected, HashSet<string> traces)
    {
        var trace = TraceSender.NewTraceId();
        using var answer = await script.PostAsync("/v1/traces", TraceSender.Body(Body(trace)));
        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.ServiceUnavailable) Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        traces.Add(trace);
    }

    // Larger than what may be left of the last page of a file.
    private static byte[] Body(string trace) => OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), [(trace, trace[..16], new string('x', 20_000))]);
}
