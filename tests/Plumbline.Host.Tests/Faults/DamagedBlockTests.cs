using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.Testing.Api;
using Plumbline.TraceStore;

namespace Plumbline.Host.Tests.Faults;

/// <summary>A block with a flipped bit is left out and reported; everything else keeps answering.</summary>
public sealed class DamagedBlockTests
{
    [Fact]
    public async Task DamagedBlock_IsLeftOut_IsReported_AndTheRestAnswers()
    {
        await using var first = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        var lost = await SealedAsync(first);
        await using var second = await ServerProcess.StartAsync(first.Folder, RunningServer.FirstRun);
        var whole = await SealedAsync(second);
        FlipBit(Directory.EnumerateFiles(
            Path.Combine(first.Folder, "objects", "traces"), "0000000001*", SearchOption.AllDirectories).Single(f =>
                f.Contains("blocks", StringComparison.Ordinal)));

        await using var server = await ServerProcess.StartAsync(first.Folder, RunningServer.FirstRun);
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        Assert.Equal([whole], (await TraceSender.ListAsync(script)).Keys);
        var late = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(script, late));
        var listed = (await TraceSender.ListAsync(script)).Keys;
        Assert.Equal(new[] { whole, late }.Order(), listed.Order());
        Assert.DoesNotContain(lost, listed);
        await server.PrintedAsync("It is left out of all answers.");
        using var health = await script.GetAsync("/healthz/ready");
        Assert.Equal(
            "ready, but 1 damaged block of traces is left out of all answers: the log says which",
            await health.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task DamagedBlock_ErasedMeanwhile_IsSaid_AndDoesNotComeBackWithIt()
    {
        await using var first = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        var erased = await SealedAsync(first);
        var block = Directory.EnumerateFiles(
            Path.Combine(first.Folder, "objects", "traces"), "0000000001*", SearchOption.AllDirectories).Single(f =>
                f.Contains("blocks", StringComparison.Ordinal));
        var copy = await File.ReadAllBytesAsync(block);
        FlipBit(block);
        await using var damaged = await ServerProcess.StartAsync(first.Folder, RunningServer.FirstRun);
        using var script = ServerClient.Script(damaged, RunningServer.ApiKey);
        Assert.Empty((await TraceSender.ListAsync(script)).Keys);
        using var owner = ServerClient.Browser(damaged);
        using (var signIn = await owner.PostAsync("/signin/password", new { email = "ann@example.com", password = RunningServer.Password }))
            signIn.EnsureSuccessStatusCode();
        var project = (await owner.QueryAsync("{ viewer { organizations { projects { id } } } }")).Text("viewer.organizations[0].projects[0].id");
        var answer = await owner.DoAsync("eraseData", new { projectId = project, traceId = erased }, "erasedSpans unreadableBlocks");
        Assert.Equal(
            (0, 1),
            (
                answer.GetProperty("erasedSpans").GetInt32(),
                answer.GetProperty("unreadableBlocks").GetInt32()));
        await damaged.StopAsync();
        await File.WriteAllBytesAsync(block, copy);

        await using var server = await ServerProcess.StartAsync(first.Folder, RunningServer.FirstRun);
        using var reader = ServerClient.Script(server, RunningServer.ApiKey);
        Assert.Empty((await TraceSender.ListAsync(reader)).Keys);
        using var health = await reader.GetAsync("/healthz/ready");
        Assert.Equal("ready", await health.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a trace, stops the server and has its store write a block. Gives the trace.</summary>
    private static async Task<string> SealedAsync(ServerProcess server)
    {
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        var trace = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(script, trace));
        await server.StopAsync();
        using var objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = Path.Combine(server.Folder, "objects") });
        var shard = "";
        await foreach (var found in objects.ListAsync("traces/")) shard = string.Join('/', found.Name.Split('/')[..4]); // traces/organization/project/shard/…
        await using var store = await SpanStore.OpenAsync(objects, shard);
        await store.SealAsync();
        return trace;
    }

    private static void FlipBit(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
