using System.Diagnostics;
using System.Net;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Faults;

/// <summary>A folder that may no longer be written: telemetry is refused for the time being, reads go on, and all is well again as soon as it may.</summary>
/// <remarks>Made so by the immutable attribute, which holds for root too and for files that are open.</remarks>
public sealed class ReadOnlyFolderTests
{
    [Fact]
    public async Task ReadOnlyFolder_Refuses_GoesOnAnswering_AndRecoversByItself()
    {
        await using var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        var kept = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(script, kept));
        var traces = Path.Combine(server.Folder, "objects", "traces");
        Assert.SkipUnless(Change(traces, "+i"), "The folder cannot be made read-only here: that needs root and a file system with the immutable attribute.");
        try
        {
            using var refused = await script.PostAsync(
                "/v1/traces", TraceSender.Body(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId())));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
            Assert.Equal([kept], (await TraceSender.ListAsync(script)).Keys);
        }
        finally
        {
            Change(traces, "-i");
        }
        var later = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(script, later));
        Assert.Equal(new[] { kept, later }.Order(), (await TraceSender.ListAsync(script)).Keys.Order());
    }

    [Fact]
    public async Task ReadOnlyFolder_BeforeItsTracesWereAskedFor_AnswersAndRecoversByItself()
    {
        await using var before = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        var kept = TraceSender.NewTraceId();
        using (var earlier = ServerClient.Script(before, RunningServer.ApiKey)) Assert.True(await TraceSender.TrySendAsync(earlier, kept));
        await before.StopAsync();
        await using var server = await ServerProcess.StartAsync(before.Folder, RunningServer.FirstRun);
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        var objects = Path.Combine(server.Folder, "objects");
        Assert.SkipUnless(Change(objects, "+i"), "The folder cannot be made read-only here: that needs root and a file system with the immutable attribute.");
        try
        {
            Assert.Equal([kept], (await TraceSender.ListAsync(script)).Keys);
            using var refused = await script.PostAsync(
                "/v1/traces", TraceSender.Body(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId())));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
            Assert.Equal([kept], (await TraceSender.ListAsync(script)).Keys);
        }
        finally
        {
            Change(objects, "-i");
        }
        var later = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(script, later));
        Assert.Equal(new[] { kept, later }.Order(), (await TraceSender.ListAsync(script)).Keys.Order());
    }

    private static bool Change(string folder, string attribute)
    {
        using var process = Process.Start(new ProcessStartInfo("chattr", ["-R", attribute, folder])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
