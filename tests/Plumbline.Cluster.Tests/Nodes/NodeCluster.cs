using System.Net;
using System.Net.Sockets;
using Plumbline.ObjectStore.Azure;
using Plumbline.Testing;

namespace Plumbline.Cluster.Tests.Nodes;

/// <summary>Several servers as processes of their own, over one storage account.</summary>
internal sealed class NodeCluster(AzuriteProcess azurite, (string Variable, string Value)[] changes) : IAsyncDisposable
{
    public const string ApiKey = "pl_0123456789abcdefghijklmnopqrstuvwxyz";
    public const string Owner = "ann@example.com";
    public const string Password = "correct horse";

    private readonly List<ServerProcess> _all = [];

    public string Id { get; } = "c" + Guid.NewGuid().ToString("n");

    /// <summary>In the order in which they were started.</summary>
    public IReadOnlyList<ServerProcess> Nodes => _all;

    /// <summary>The ports for other nodes, by the same order.</summary>
    public List<int> SiloPorts { get; } = [];

    /// <summary>Starts so many nodes at once.</summary>
    /// <param name="emulator">Holds what they share.</param>
    /// <param name="count">How many.</param>
    /// <param name="changes">Settings of all of them that differ from the usual; empty takes one away.</param>
    public static async Task<NodeCluster> StartAsync(Emulator emulator, int count, params (string Variable, string Value)[] changes)
    {
        var cluster = new NodeCluster(emulator.Azurite, changes);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => cluster.StartNodeAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A script with a key of all scopes, at a node.</summary>
    public ServerClient Script(int node) => ServerClient.Script(_all[node], ApiKey);

    public async Task<ServerClient> SignInAsync(int node, string email)
    {
        var browser = ServerClient.Browser(_all[node]);
        using var answer = await browser.PostAsync("/signin/password", new { email, password = Password });
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    public async Task<ServerProcess> StartNodeAsync()
    {
        var port = FreePort();
        var node = await ServerProcess.StartAsync(environment: Environment(port));
        lock (_all)
        {
            _all.Add(node);
            SiloPorts.Add(port);
        }
        return node;
    }

    /// <summary>Starts a node that is expected to refuse.</summary>
    public Task<(int ExitCode, string Output)> RefusedAsync(params (string Variable, string Value)[] settings)
    {
        var environment = Environment(FreePort());
        foreach (var (variable, value) in settings) environment[variable] = value;
        return ServerProcess.RunToEndAsync(["--port", "0", "--otlp-grpc-port", "0", "--otlp-http-port", "0"], environment);
    }

    /// <summary>What lies in the storage under a prefix.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string prefix)
    {
        var store = await AzureObjectStore.OpenAsync(new AzureObjectStoreOptions { ConnectionString = azurite.ConnectionString, Container = Id });
        var names = new List<string>();
        await foreach (var found in store.ListAsync(prefix)) names.Add(found.Name);
        return names;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _all) await node.DisposeAsync();
    }

    private Dictionary<string, string> Environment(int siloPort)
    {
        var environment = Usual(siloPort);
        foreach (var (variable, value) in changes)
        {
            if (value.Length > 0) environment[variable] = value;
            else environment.Remove(variable);
        }
        return environment;
    }

    private Dictionary<string, string> Usual(int siloPort) => new()
    {
        ["PLUMBLINE_CLUSTER"] = "azure",
        ["PLUMBLINE_STORAGE"] = azurite.ConnectionString,
        ["PLUMBLINE_CLUSTER_ID"] = Id,
        ["PLUMBLINE_CLUSTER_SECRET"] = Given.Secret,
        ["PLUMBLINE_MASTER_KEYS"] = Given.MasterKey,
        ["PLUMBLINE_ADVERTISED_ADDRESS"] = "127.0.0.1",
        ["PLUMBLINE_SILO_PORT"] = $"{siloPort}",
        ["PLUMBLINE_PRIVATE_PROVIDERS"] = "allow",
        ["PLUMBLINE_INIT_ORGANIZATION"] = "Acme",
        ["PLUMBLINE_INIT_PROJECT"] = "Main",
        ["PLUMBLINE_INIT_API_KEY"] = ApiKey,
        ["PLUMBLINE_INIT_OWNER_EMAIL"] = Owner,
        ["PLUMBLINE_INIT_OWNER_PASSWORD"] = Password,
    };

    public static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
