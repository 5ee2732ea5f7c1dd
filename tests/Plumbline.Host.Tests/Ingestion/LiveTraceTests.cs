using System.Text;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Ingestion;

/// <summary>Open subscriptions end when their caller loses what they rest on.</summary>
public sealed class LiveTraceTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Traces_ArriveAsTheyAreSent()
    {
        using var listening = await ListenAsync(server.Owner);
        var id = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(server.Script, id));
        Assert.Contains(id, await NextAsync(listening), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemovedMember_HearsNothingMore()
    {
        using var member = await server.JoinAsync("listener@example.com", "DEVELOPER");
        var me = (await member.QueryAsync("{ viewer { user { id } } }")).GetProperty("viewer").GetProperty("user").GetProperty("id").GetString();
        using var listening = await ListenAsync(member);
        var first = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(server.Script, first));
        Assert.Contains(first, await NextAsync(listening), StringComparison.Ordinal);
        await server.Owner.QueryAsync(
            "mutation($input: RemoveMemberInput!) { removeMember(input: $input) { organization { id } } }",
            new { input = new { organizationId = server.OrganizationId, userId = me } });
        var second = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(server.Script, second));
        Assert.DoesNotContain(second, await RestAsync(listening), StringComparison.Ordinal);
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

    private async Task<StreamReader> ListenAsync(ServerClient client)
    {
        var document = $$"""subscription { traceUpdated(projectId: "{{server.ProjectId}}") { traceId } }""";
        var answer = await client.ListenAsync(new StringContent(JsonSerializer.Serialize(new { query = document }), Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
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
