using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>A project with a queue, a dataset and people, seen from the server at which they sit.</summary>
internal sealed record Workplace
{
    private static readonly string[] People = ["ben@example.com", "cat@example.com", "dan@example.com"];

    private Seats _seats;

    private Workplace(Seats seats) => _seats = seats;

    public ServerClient Script => _seats.Script;

    public ServerClient Owner => _seats.Owner;

    public int GrpcPort => _seats.Edge.GrpcPort;

    public string ProjectId { get; private init; } = "";

    public string QueueId { get; private init; } = "";

    public string DatasetId { get; private init; } = "";

    /// <summary>The trace that people talk about.</summary>
    public string TraceId { get; private init; } = TraceSender.NewTraceId();

    /// <summary>Its id in the API.</summary>
    public string TraceNode => NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(ProjectId), TraceId);

    /// <summary>All that they have talked about. A trace takes no more than a thousand comments.</summary>
    public List<string> Discussed { get; } = [];

    /// <summary>The traces that are there to be reviewed.</summary>
    public HashSet<string> Work { get; } = [];

    public int Reviewers => People.Length;

    public ServerClient Reviewer(int number) => _seats.Reviewers[number];

    public static async Task<Workplace> SetUpAsync(Edge edge)
    {
        var owner = await edge.SignInAsync(Edge.Owner);
        var organization = (await owner.QueryAsync("{ viewer { organizations { id projects { id } } } }")).At("viewer.organizations[0]");
        var (organizationId, projectId) = (organization.Text("id"), organization.Text("projects[0].id"));
        var reviewers = new List<ServerClient>();
        foreach (var person in People) reviewers.Add(await InviteAsync(edge, owner, organizationId, person));
        var project = new Project(owner, projectId);
        var queue = await project.QueueAsync("Refunds", reviewsPerItem: 1);
        var place = new Workplace(new Seats(edge, edge.Script(), owner, [.. reviewers]))
        {
            ProjectId = projectId,
            QueueId = queue.Id,
            DatasetId = (await project.DatasetAsync("Refunds")).Id,
        };
        foreach (var reviewer in reviewers) await queue.JoinAsync(reviewer);
        await TraceSender.TrySendAsync(place.Script, place.TraceId);
        place.Work.Add(place.TraceId);
        place.Discussed.Add(place.TraceId);
        return place;
    }

    /// <summary>The same from another server, with the sessions that they have.</summary>
    public Workplace At(Edge edge) =>
        this with { _seats = new Seats(edge, edge.Script(), Owner.At(edge.Url), [.. _seats.Reviewers.Select(r => r.At(edge.Url))]) };

    /// <summary>The same, where people talk about a certain trace.</summary>
    public Workplace About(string traceId) => this with { TraceId = traceId };

    /// <summary>Sends so many traces, gives them to the reviewers, and lets people talk about the first of them.</summary>
    public async Task<Workplace> AddWorkAsync(int count)
    {
        string[] traces = [.. Enumerable.Range(0, count).Select(_ => TraceSender.NewTraceId())];
        if (!await TraceSender.TrySendAsync(Script, OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), traces)))
            throw new InvalidOperationException("The work was not taken.");
        Work.UnionWith(traces);
        var project = NodeId.ParseProject(ProjectId);
        var traceIds = traces.Select(t => NodeId.Format(NodeKinds.Trace, project, t));
        Assert.Equal(count, await new Queue(Owner, QueueId).AddTracesAsync(traceIds));
        Discussed.Add(traces[0]);
        return About(traces[0]);
    }

    /// <summary>Every item of a connection, page by page.</summary>
    /// <param name="selection">What of the project, with <c>@page</c> where the arguments of the page stand and <c>@info</c> where what
    /// follows is asked for.</param>
    /// <param name="connection">Finds the connection in the project.</param>
    public async Task<List<JsonElement>> AllAsync(string selection, Func<JsonElement, JsonElement> connection)
    {
        var query = "query($id: ID!, $after: String) { project(id: $id) { "
            + selection.Replace("@page", "first: 100, after: $after", StringComparison.Ordinal)
                .Replace("@info", "pageInfo { hasNextPage endCursor }", StringComparison.Ordinal)
            + " } }";
        var all = new List<JsonElement>();
        for (string? after = null; ;)
        {
            var page = connection((await Owner.QueryAsync(query, new { id = ProjectId, after })).GetProperty("project"));
            all.AddRange(page.GetProperty("nodes").EnumerateArray());
            if (!page.At("pageInfo.hasNextPage").GetBoolean()) return all;
            after = page.At("pageInfo.endCursor").GetString();
        }
    }

    private static async Task<ServerClient> InviteAsync(Edge edge, ServerClient owner, string organizationId, string email)
    {
        var invited = await owner.DoAsync("inviteMember", new { organizationId, email, role = "SME" }, "acceptUrl");
        var token = invited.Text("acceptUrl").Split('/')[^1];
        var browser = ServerClient.Browser(edge.Url);
        using var joined = await browser.PostAsync("/signin/join", new { token, name = "New Person", password = Edge.Password });
        joined.EnsureSuccessStatusCode();
        return browser;
    }

    private sealed record Seats(Edge Edge, ServerClient Script, ServerClient Owner, ServerClient[] Reviewers);
}
