using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Cluster.Tests.Nodes;

/// <summary>Two nodes, with the owner's session and a script at each.</summary>
public sealed class TwoNodes(Emulator emulator) : IAsyncLifetime
{
    private NodeCluster _cluster = null!;

    internal NodeCluster Cluster => _cluster;

    public ServerClient OwnerAtA { get; private set; } = null!;

    public ServerClient OwnerAtB { get; private set; } = null!;

    public ServerClient ScriptAtA { get; private set; } = null!;

    public ServerClient ScriptAtB { get; private set; } = null!;

    public string OrganizationId { get; private set; } = "";

    public string ProjectId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _cluster = await NodeCluster.StartAsync(emulator, 2);
        OwnerAtA = await _cluster.SignInAsync(0, NodeCluster.Owner);
        OwnerAtB = OwnerAtA.At(_cluster.Nodes[1]);
        (ScriptAtA, ScriptAtB) = (_cluster.Script(0), _cluster.Script(1));
        var viewer = (await OwnerAtA.QueryAsync("{ viewer { organizations { id projects { id } } } }")).GetProperty("viewer");
        var organization = viewer.GetProperty("organizations")[0];
        OrganizationId = organization.Text("id");
        ProjectId = organization.Text("projects[0].id");
    }

    /// <summary>A person who joins at A, and their session at each node.</summary>
    public async Task<(ServerClient AtA, ServerClient AtB)> JoinAsync(string email, string role)
    {
        var invited = await OwnerAtB.DoAsync("inviteMember", new { organizationId = OrganizationId, email, role }, "acceptUrl");
        var token = invited.Text("acceptUrl").Split('/')[^1];
        var browser = ServerClient.Browser(_cluster.Nodes[0]);
        using var joined = await browser.PostAsync("/signin/join", new { token, name = "New Person", password = NodeCluster.Password });
        joined.EnsureSuccessStatusCode();
        return (browser, browser.At(_cluster.Nodes[1]));
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}

/// <summary>The classes whose tests use the two nodes, one after another.</summary>
[CollectionDefinition(nameof(TwoNodes))]
public sealed class TwoNodesCollection : ICollectionFixture<TwoNodes>;
