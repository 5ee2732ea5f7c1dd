using System.Net;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Faults;

/// <summary>Started anew while its disk is full or read-only, the server answers all that it can, refuses telemetry for the time being, and
/// is well again as soon as it may write.</summary>
public sealed class StartWithoutWritesTests
{
    private const int MegabytesOfDisk = 32;
    private const string CannotWrite = "ready, but the data folder cannot be written: telemetry and changes are refused until it can";

    [Fact]
    public Task Start_FullDisk_AnswersRefusesAndRecoversByItself() => StartAsync(content => SmallDisk.FullLauncher(MegabytesOfDisk, content), SmallDisk.Free);

    [Fact]
    public Task Start_ReadOnlyDisk_AnswersRefusesAndRecoversByItself() =>
        StartAsync(content => SmallDisk.ReadOnlyLauncher(MegabytesOfDisk, content), SmallDisk.MakeWritable);

    private static async Task StartAsync(Func<string, IReadOnlyList<string>> launcher, Action<ServerProcess> mend)
    {
        await using var before = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        using var earlier = ServerClient.Script(before, RunningServer.ApiKey);
        var kept = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(earlier, kept));
        using var signedIn = ServerClient.Browser(before);
        using (var answer = await signedIn.PostAsync("/signin/password", new { email = "ann@example.com", password = RunningServer.Password }))
            answer.EnsureSuccessStatusCode();
        await before.StopAsync();

        await using var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun, launcher: launcher(before.Folder));
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        Assert.Equal(CannotWrite, await HealthAsync(script));
        Assert.Equal([kept], (await TraceSender.ListAsync(script)).Keys);
        using var browser = signedIn.At(server);
        Assert.Equal(
            "ann@example.com",
            (await browser.QueryAsync("{ viewer { user { email } } }")).Text("viewer.user.email"));
        Assert.Equal(kept, await OpenAsync(browser));
        Assert.Equal(
            "UNAVAILABLE",
            await browser.ErrorCodeAsync(
                "mutation($name: String!) { createOrganization(input: { name: $name }) { organization { id } } }", new { name = "Other" }));
        using (var another = ServerClient.Browser(server))
        {
            using var refusedSignIn = await another.PostAsync("/signin/password", new { email = "ann@example.com", password = RunningServer.Password });
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refusedSignIn.StatusCode, refusedSignIn.Headers.RetryAfter?.Delta));
        }
        var refused = TraceSender.NewTraceId();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var answer = await script.PostAsync("/v1/traces", TraceSender.Body(Body(refused)));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        }
        Assert.Equal("14", (await GrpcExport.SendAsync(server.OtlpGrpcPort, Body(refused), RunningServer.ApiKey)).Status);
        Assert.Equal([kept], (await TraceSender.ListAsync(script)).Keys);

        mend(server);
        var later = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(script, Body(later)));
        Assert.Equal(new[] { kept, later }.Order(), (await TraceSender.ListAsync(script)).Keys.Order());
        Assert.Equal("ready", await HealthAsync(script));
        using var again = ServerClient.Browser(server);
        using var signIn = await again.PostAsync("/signin/password", new { email = "ann@example.com", password = RunningServer.Password });
        signIn.EnsureSuccessStatusCode();
    }

    private static async Task<string?> OpenAsync(ServerClient browser)
    {
        var project = (await browser.QueryAsync("{ viewer { organizations { projects { id traces { nodes { id } } } } } }"))
            .At("viewer.organizations[0].projects[0]");
        var variables = new
        {
            project = project.Text("id"),
            trace = project.Text("traces.nodes[0].id"),
        };
        return (await browser.QueryAsync("query($project: ID!, $trace: ID!) { project(id: $project) { trace(id: $trace) { traceId } } }", variables))
            .Text("project.trace.traceId");
    }

    private static async Task<string> HealthAsync(ServerClient client)
    {
        using var answer = await client.GetAsync("/healthz/ready");
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    // Larger than what may be left of the last page of a file.
    private static byte[] Body(string trace) => OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), [(trace, trace[..16], new string('x', 20_000))]);
}
