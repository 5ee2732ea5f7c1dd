using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>A project with a queue, a dataset and people, and the server at which they sit now.</summary>
internal sealed class Workplace
{
    private static readonly string[] People = ["ben@example.com", "cat@example.com", "dan@example.com"];

    private Seats _seats = null!;

    public ServerClient Script => _seats.Script;

    public ServerClient Owner => _seats.Owner;

    public int GrpcPort => _seats.Edge.GrpcPort;

    public string ProjectId { get; private set; } = "";

    public string QueueId { get; private set; } = "";

    public string DatasetId { get; private set; } = "";

    /// <summary>A trace that people talk about.</summary>
    public string TraceId { get; } = TraceSender.NewTraceId();

    /// <summary>Its id in the API.</summary>
    public string TraceNode => NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(ProjectId), TraceId);

    public int Reviewers => People.Length;

    public ServerClient Reviewer(int number) => _seats.Reviewers[number];

    public static async Task<Workplace> SetUpAsync(Edge edge)
    {
        var place = new Workplace { _seats = new Seats(edge, edge.Script(), await edge.SignInAsync(Edge.Owner), []) };
        var organization = (await place.Owner.QueryAsync("{ viewer { organizations { id projects { id } } } }")).GetProperty("viewer").GetProperty("organizations")[0];
        place.ProjectId = organization.GetProperty("projects")[0].GetProperty("id").GetString()!;
        foreach (var person in People) await place.InviteAsync(organization.GetProperty("id").GetString()!, person);
        place.QueueId = await place.CreateAsync("ReviewQueue", "queue", new { projectId = place.ProjectId, name = "Refunds", instructions = "Is it true?", reviewsPerItem = 1 });
        place.DatasetId = await place.CreateAsync("Dataset", "dataset", new { projectId = place.ProjectId, name = "Refunds" });
        await TraceSender.TrySendAsync(place.Script, place.TraceId);
        return place;
    }

    /// <summary>All go to another server, with the sessions that they have.</summary>
    public void Move(Edge edge) => _seats = new Seats(edge, edge.Script(), Owner.At(edge.Url), [.. _seats.Reviewers.Select(r => r.At(edge.Url))]);

    /// <summary>Sends so many traces and gives them to the reviewers.</summary>
    public async Task AddWorkAsync(int count)
    {
        string[] traces = [.. Enumerable.Range(0, count).Select(_ => TraceSender.NewTraceId())];
        if (!await TraceSender.TrySendAsync(Script, OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), traces))) throw new InvalidOperationException("The work was not taken.");
        var project = NodeId.ParseProject(ProjectId);
        var traceIds = traces.Select(t => NodeId.Format(NodeKinds.Trace, project, t));
        var added = await Owner.QueryAsync("mutation($input: AddToReviewQueueInput!) { addToReviewQueue(input: $input) { added } }", new { input = new { queueId = QueueId, traceIds } });
        Assert.Equal(count, added.GetProperty("addToReviewQueue").GetProperty("added").GetInt32());
    }

    /// <summary>Every item of a connection, page by page.</summary>
    /// <param name="selection">What of the project, with <c>@page</c> where the arguments of the page stand and <c>@info</c> where what follows is asked for.</param>
    /// <param name="connection">Finds the connection in the project.</param>
    public async Task<List<JsonElement>> AllAsync(string selection, Func<JsonElement, JsonElement> connection)
    {
        var query = "query($id: ID!, $after: String) { project(id: $id) { "
            + selection.Replace("@page", "first: 100, after: $after", StringComparison.Ordinal).Replace("@info", "pageInfo { hasNextPage endCursor }", StringComparison.Ordinal) + " } }";
        var all = new List<JsonElement>();
        for (string? after = null; ;)
        {
            var page = connection((await Owner.QueryAsync(query, new { id = ProjectId, after })).GetProperty("project"));
            all.AddRange(page.GetProperty("nodes").EnumerateArray());
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) return all;
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
    }

    private async Task InviteAsync(string organizationId, string email)
    {
        var invited = await Owner.QueryAsync("mutation($input: InviteMemberInput!) { inviteMember(input: $input) { acceptUrl } }", new { input = new { organizationId, email, role = "SME" } });
        var token = invited.GetProperty("inviteMember").GetProperty("acceptUrl").GetString()!.Split('/')[^1];
        var browser = ServerClient.Browser(_seats.Edge.Url);
        using var joined = await browser.PostAsync("/signin/join", new { token, name = "New Person", password = Edge.Password });
        joined.EnsureSuccessStatusCode();
        _seats = _seats with { Reviewers = [.. _seats.Reviewers, browser] };
    }

    private async Task<string> CreateAsync(string type, string field, object input)
    {
        var created = await Owner.QueryAsync($"mutation($input: Create{type}Input!) {{ create{type}(input: $input) {{ {field} {{ id }} }} }}", new { input });
        return created.GetProperty($"create{type}").GetProperty(field).GetProperty("id").GetString()!;
    }

    private sealed record Seats(Edge Edge, ServerClient Script, ServerClient Owner, ServerClient[] Reviewers);
}
