using System.Text;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Ingestion;

/// <summary>Open subscriptions end when their caller loses what they rest on.</summary>
public sealed class LiveTraceTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Traces_ArriveAsTheyAreSent()
    {
        using var listening = await ListenAsync(server.Owner);
        Assert.True(await IsHeardAsync(listening));
    }

    [Fact]
    public async Task RemovedMember_HearsNothingMore()
    {
        using var member = await server.JoinAsync("listener@example.com", "DEVELOPER");
        var me = await member.MeAsync();
        using var listening = await ListenAsync(member);
        Assert.True(await IsHeardAsync(listening));
        await server.Owner.DoAsync("removeMember", new { organizationId = server.OrganizationId, userId = me }, "organization { id }");
        var later = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(server.Script, later));
        Assert.DoesNotContain(later, await RestAsync(listening), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignedOutBrowser_IsCutOff()
    {
        using var member = await server.SignInAsync("ann@example.com");
        using var listening = await ListenAsync(member);
        using var answer = await member.PostAsync("/signout", new { });
        answer.EnsureSuccessStatusCode();
        Assert.Contains("UNAUTHENTICATED", await RestAsync(listening), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TraceThatTheWatcherIsStillToJudge_IsNotHeard()
    {
        using var member = await server.JoinAsync("blinded@example.com", "DEVELOPER");
        var me = await member.MeAsync();
        var (before, during) = (TraceSender.NewTraceId(), TraceSender.NewTraceId());
        Assert.True(await TraceSender.TrySendAsync(server.Script, before) && await TraceSender.TrySendAsync(server.Script, during));
        await GiveToJudgeAsync(me!, before);
        using var listening = await ListenAsync(member);
        Assert.True(await IsHeardAsync(listening));
        await GiveToJudgeAsync(me!, during);
        var last = TraceSender.NewTraceId();
        // ends later than before: it changed
        foreach (var traceId in new[] { before, during, last }) Assert.True(await TraceSender.TrySendAsync(server.Script, traceId));
        var heard = new StringBuilder();
        for (var next = ""; !next.Contains(last, StringComparison.Ordinal); heard.Append(next))
        {
            next = await NextAsync(listening);
            Assert.NotEmpty(next);
        }
        Assert.DoesNotContain(before, heard.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(during, heard.ToString(), StringComparison.Ordinal);
    }

    private async Task GiveToJudgeAsync(string reviewer, string traceId)
    {
        var queue = await server.Project.QueueAsync("Live", reviewerIds: [reviewer]);
        Assert.Equal(1, await queue.AddTracesAsync(NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(server.ProjectId), traceId)));
    }

    private async Task<StreamReader> ListenAsync(ServerClient client)
    {
        var document = $$"""subscription { traceUpdated(projectId: "{{server.ProjectId}}") { traceId } }""";
        var answer = await client.ListenAsync(new StringContent(JsonSerializer.Serialize(new { query = document }), Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>Sends traces until one of them comes in: the stream is open before the server listens to its traces.</summary>
    private async Task<bool> IsHeardAsync(StreamReader listening)
    {
        var sent = new List<string>();
        var next = NextAsync(listening);
        while (!next.IsCompleted)
        {
            sent.Add(TraceSender.NewTraceId());
            Assert.True(await TraceSender.TrySendAsync(server.Script, sent[^1]));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }
        var heard = await next;
        return sent.Exists(id => heard.Contains(id, StringComparison.Ordinal));
    }

    /// <summary>The data of the next event.</summary>
    private static async Task<string> NextAsync(StreamReader listening)
    {
        while (await listening.ReadLineAsync().WaitAsync(Patience) is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal)) return line;
        return "";
    }

    /// <summary>All that comes until the server ends the stream.</summary>
    private static Task<string> RestAsync(StreamReader listening) => listening.ReadToEndAsync().WaitAsync(Patience);
}
