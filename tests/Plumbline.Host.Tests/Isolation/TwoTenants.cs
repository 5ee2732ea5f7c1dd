using Plumbline.Contracts;
using Plumbline.Testing;
using Plumbline.Testing.Api;

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
        var me = await Stranger.MeAsync();
        var organization = (await Stranger.DoAsync("createOrganization", new { name = "Stranger" }, "organization { id }")).Text("organization.id");
        var project = (await Stranger.DoAsync("createProject", new { organizationId = organization, name = "Mine" }, "project { id }")).Text("project.id");
        await Stranger.DoAsync("removeMember", new { organizationId = _victim.OrganizationId, userId = me });
        StrangerProject = NodeId.ParseProject(project);
        (_strangerIds[NodeKinds.User], _strangerIds[NodeKinds.Organization], _strangerIds[NodeKinds.Project]) = (me, organization, project);
    }

    private async Task MakeVictimsThingsAsync()
    {
        _victimIds[NodeKinds.Organization] = _victim.OrganizationId;
        _victimIds[NodeKinds.Project] = _victim.ProjectId;
        _victimIds[NodeKinds.User] = await Victim.MeAsync();
        (_victimIds[NodeKinds.ApiKey], _) = await _victim.CreateKeyAsync("READ");
        await AskToJoinAsync(await _victim.InviteAsync("pending@example.com", "VIEWER"));
        const string Query = """{ organization(slug: "acme") { invitations { id } joinRequests { id } auditLog(first: 1) { nodes { id } } } }""";
        var organization = (await Victim.QueryAsync(Query)).GetProperty("organization");
        _victimIds[NodeKinds.Invitation] = organization.Text("invitations[0].id");
        _victimIds[NodeKinds.JoinRequest] = organization.Text("joinRequests[0].id");
        _victimIds[NodeKinds.AuditEvent] = organization.Text("auditLog.nodes[0].id");
        var project = _victim.Project;
        _victimIds[NodeKinds.PromptVersion] = (await project.SavePromptAsync("secret", "x")).Text("promptVersion.id");
        _victimIds[NodeKinds.Prompt] = (await project.ReadAsync("prompt(name: \"secret\") { id }")).Text("prompt.id");
        _victimIds[NodeKinds.ReviewQueue] = (await project.QueueAsync("secret")).Id;
        _victimIds[NodeKinds.Dataset] = (await project.DatasetAsync("secret")).Id;
        _victimIds[NodeKinds.ModelProvider] = await project.ProviderAsync("secret", "https://models.example.com/v1", "sk-test", "m");
    }

    /// <summary>Somebody who was a member once asks to be let in again, by the link of another.</summary>
    private async Task AskToJoinAsync(string token)
    {
        using var former = await _victim.JoinAsync("former@example.com", "VIEWER");
        await Victim.DoAsync("removeMember", new { organizationId = _victim.OrganizationId, userId = await former.MeAsync() });
        await former.DoAsync("requestToJoin", new { token });
    }
}
