using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Isolation;

/// <summary>A victim with something of every kind that can be made, and a stranger with an organization and a project of their own.</summary>
public sealed class TwoTenants : IAsyncLifetime
{
    private readonly RunningServer _victim = new();
    private readonly Dictionary<string, string> _victimIds = [];
    private readonly Dictionary<string, string> _strangerIds = [];

    public ServerClient Stranger { get; private set; } = null!;

    public ServerClient Victim => _victim.Owner;

    public ServerProcess Server => _victim.Process;

    internal ProjectKey StrangerProject { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await _victim.InitializeAsync();
        await MakeStrangerAsync();
        await MakeVictimsThingsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Stranger.Dispose();
        await _victim.DisposeAsync();
    }

    /// <summary>An id of that kind that is the victim's: of a real thing where one could be made, else one that looks like it.</summary>
    internal string VictimsId(string kind) =>
        _victimIds.TryGetValue(kind, out var id) ? id : NodeId.Format(kind, NodeId.ParseProject(_victim.ProjectId), RandomId.New());

    /// <summary>An id of that kind that looks like the victim's and belongs to nobody: it must not tell what the victim has.</summary>
    internal string VictimsMissingId(string kind) => kind switch
    {
        NodeKinds.Organization or NodeKinds.User => MissingId(kind),
        NodeKinds.Project => NodeId.Format(kind, new ProjectKey(NodeId.ParseProject(_victim.ProjectId).Organization, RandomId.New()).ToString()),
        NodeKinds.Invitation or NodeKinds.JoinRequest => NodeId.Format(kind, $"{NodeId.ParseProject(_victim.ProjectId).Organization}/{RandomId.New()}"),
        NodeKinds.AuditEvent => NodeId.Format(kind, $"{NodeId.ParseProject(_victim.ProjectId).Organization}/999999"),
        _ => NodeId.Format(kind, NodeId.ParseProject(_victim.ProjectId), RandomId.New()),
    };

    /// <summary>An id of that kind whose organization and project nobody has either.</summary>
    internal string MissingId(string kind) => kind switch
    {
        NodeKinds.Organization or NodeKinds.User => NodeId.Format(kind, RandomId.New()),
        NodeKinds.Project => NodeId.Format(kind, new ProjectKey(RandomId.New(), RandomId.New()).ToString()),
        NodeKinds.Invitation or NodeKinds.JoinRequest => NodeId.Format(kind, $"{RandomId.New()}/{RandomId.New()}"),
        NodeKinds.AuditEvent => NodeId.Format(kind, $"{RandomId.New()}/1"),
        _ => NodeId.Format(kind, new ProjectKey(RandomId.New(), RandomId.New()), RandomId.New()),
    };

    /// <summary>The stranger's own organization, project or person; for other kinds something of their project that is not there.</summary>
    internal string StrangersId(string kind) => _strangerIds.TryGetValue(kind, out var id) ? id : NodeId.Format(kind, StrangerProject, RandomId.New());

    private async Task MakeStrangerAsync()
    {
        Stranger = await _victim.JoinAsync("stranger@example.com", "VIEWER");
        var me = Text(await Stranger.QueryAsync("{ viewer { user { id } } }"), "viewer", "user", "id");
        var organization = Text(
            await Stranger.QueryAsync("""mutation { createOrganization(input: { name: "Stranger" }) { organization { id } } }"""),
            "createOrganization", "organization", "id");
        var project = Text(await Stranger.QueryAsync(
            $$"""mutation { createProject(input: { organizationId: "{{organization}}", name: "Mine" }) { project { id } } """
                + $$"""}"""), "createProject", "project", "id");
        await Stranger.QueryAsync(
            $$"""mutation { removeMember(input: { organizationId: "{{_victim.OrganizationId}}", userId: "{{me}}" }) { organization { id } } }""");
        StrangerProject = NodeId.ParseProject(project);
        (_strangerIds[NodeKinds.User], _strangerIds[NodeKinds.Organization], _strangerIds[NodeKinds.Project]) = (me, organization, project);
    }

    private async Task MakeVictimsThingsAsync()
    {
        _victimIds[NodeKinds.Organization] = _victim.OrganizationId;
        _victimIds[NodeKinds.Project] = _victim.ProjectId;
        _victimIds[NodeKinds.User] = Text(await Victim.QueryAsync("{ viewer { user { id } } }"), "viewer", "user", "id");
        (_victimIds[NodeKinds.ApiKey], _) = await _victim.CreateKeyAsync("READ");
        await AskToJoinAsync(await _victim.InviteAsync("pending@example.com", "VIEWER"));
        const string Query = """{ organization(slug: "acme") { invitations { id } joinRequests { id } auditLog(first: 1) { nodes { id } } } }""";
        var organization = (await Victim.QueryAsync(Query)).GetProperty("organization");
        _victimIds[NodeKinds.Invitation] = organization.GetProperty("invitations")[0].GetProperty("id").GetString()!;
        _victimIds[NodeKinds.JoinRequest] = organization.GetProperty("joinRequests")[0].GetProperty("id").GetString()!;
        _victimIds[NodeKinds.AuditEvent] = organization.GetProperty("auditLog").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        var prj = _victim.ProjectId;
        await MakeAsync(
            NodeKinds.PromptVersion,
            $$"""mutation { savePromptVersion(input: { projectId: "{{prj}}", promptName: "secret", content: { messages: [{ role: USER, """
                + $$"""template: "x" }] } }) { promptVersion { id } } }""",
            "savePromptVersion", "promptVersion", "id");
        await MakeAsync(NodeKinds.Prompt, $$"""{ project(id: "{{prj}}") { prompt(name: "secret") { id } } }""", "project", "prompt", "id");
        await MakeAsync(
            NodeKinds.ReviewQueue,
            $$"""mutation { createReviewQueue(input: { projectId: "{{prj}}", name: "secret", instructions: "x" }) { queue { id } } }""",
            "createReviewQueue", "queue", "id");
        await MakeAsync(
            NodeKinds.Dataset, $$"""mutation { createDataset(input: { projectId: "{{prj}}", name: "secret" }) { dataset { id } } }""",
            "createDataset", "dataset", "id");
        await MakeAsync(
            NodeKinds.ModelProvider,
            $$"""mutation { saveModelProvider(input: { projectId: "{{prj}}", name: "secret", kind: OPENAI_COMPATIBLE, """
                + $$"""baseUrl: "https://models.example.com/v1", apiKey: "sk-test", models: ["m"] }) { provider { id } } }""",
            "saveModelProvider", "provider", "id");
    }

    /// <summary>Somebody who was a member once asks to be let in again, by the link of another.</summary>
    private async Task AskToJoinAsync(string token)
    {
        using var former = await _victim.JoinAsync("former@example.com", "VIEWER");
        var me = Text(await former.QueryAsync("{ viewer { user { id } } }"), "viewer", "user", "id");
        await former.QueryAsync(
            $$"""mutation { removeMember(input: { organizationId: "{{_victim.OrganizationId}}", userId: "{{me}}" }) { organization { id } } }""");
        await former.QueryAsync($$"""mutation { requestToJoin(input: { token: "{{token}}" }) { requestedAt } }""");
    }

    private async Task MakeAsync(string kind, string document, params string[] path)
    {
        _victimIds[kind] = Text(await Victim.QueryAsync(document), path);
    }

    private static string Text(JsonElement data, params string[] path) => path.Aggregate(data, (at, name) => at.GetProperty(name)).GetString()!;
}
