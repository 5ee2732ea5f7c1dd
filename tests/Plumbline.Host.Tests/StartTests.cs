using System.Net;
using System.Net.Sockets;
using Plumbline.Testing;

namespace Plumbline.Host.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Start_BadSettings_NamesThemAllAndEnds()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(["--port", "99999", "--nonsense", "1"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("--port (PLUMBLINE_PORT) is '99999'", output, StringComparison.Ordinal);
        Assert.Contains("--nonsense is not a known option", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "--otlp-grpc-port")]
    [InlineData("--otlp-grpc-port", "--port")]
    public async Task Start_PortInUse_SaysWhichAndWhatToDo(string taken, string free)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (exitCode, output) = await ServerProcess.RunToEndAsync([taken, $"{port}", free, "0", "--otlp-http-port", "0"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"Port {port} is in use by another program. Stop it, or choose another port with {taken}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OwnTelemetryToItself_IsRefused_AndSaysHowItIsAllowed()
    {
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://user:secret@localhost:39217",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=secret",
        };
        var (exitCode, output) = await ServerProcess.RunToEndAsync(["--port", "39217", "--otlp-grpc-port", "0", "--otlp-http-port", "0"], environment);
        Assert.Equal(2, exitCode);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT leads to port 39217 of this same server", output, StringComparison.Ordinal);
        Assert.Contains("--export-to-self allow or PLUMBLINE_EXPORT_TO_SELF=allow", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataFolderInUse_SaysSo()
    {
        await using var first = await ServerProcess.StartAsync();
        var (exitCode, output) = await ServerProcess.RunToEndAsync(["--port", "0", "--otlp-grpc-port", "0", "--otlp-http-port", "0", "--data", first.Folder]);
        Assert.Equal(1, exitCode);
        Assert.Contains("is in use by another Plumbline", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_Sigterm_EndsWithoutComplaint()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.StopAsync();
        Assert.Equal(0, server.ExitCode);
        Assert.DoesNotContain("warn", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_WithoutAnOwner_PrintsANewLink_AndTheOldOneIsDead()
    {
        await using var first = await ServerProcess.StartAsync();
        var old = first.OwnerToken;
        await first.KillAsync();
        await using var second = await ServerProcess.StartAsync(first.Folder);
        using var browser = ServerClient.Browser(second);
        using var answer = await browser.PostAsync(
            "/signin/link", new { token = old, name = "Ann", email = "ann@example.com", password = "correct horse", organization = "Acme" });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var owner = await ServerClient.OwnerAsync(second);
        Assert.True((await owner.GetJsonAsync("/signin/state")).GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task Restart_WithAnOwner_PrintsNoLink_AndSessionsGoOn()
    {
        await using var first = await ServerProcess.StartAsync();
        using var owner = await ServerClient.OwnerAsync(first);
        await first.KillAsync();
        await using var second = await ServerProcess.StartAsync(first.Folder);
        Assert.DoesNotContain("/signin/link/", second.Output, StringComparison.Ordinal);
        using var browser = ServerClient.Browser(second);
        using var answer = await browser.PostAsync("/signin/password", new { email = "ann@example.com", password = "correct horse" });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
