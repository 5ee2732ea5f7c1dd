using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests;

/// <summary>One server for the tests of a class, set up unattended, with its owner signed in.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    public const string ApiKey = "pl_0123456789abcdefghijklmnopqrstuvwxyz";
    public const string Password = "correct horse";

    public ServerProcess Process { get; private set; } = null!;

    /// <summary>The owner's browser.</summary>
    public ServerClient Owner { get; private set; } = null!;

    /// <summary>A script with a key of all scopes.</summary>
    public ServerClient Script { get; private set; } = null!;

    public string OrganizationId { get; private set; } = "";

    public string ProjectId { get; private set; } = "";

    /// <summary>The project as its owner asks for it.</summary>
    public Project Project => new(Owner, ProjectId);

    public static IReadOnlyDictionary<string, string> FirstRun { get; } = new Dictionary<string, string>
    {
        ["PLUMBLINE_INIT_ORGANIZATION"] = "Acme",
        ["PLUMBLINE_INIT_PROJECT"] = "Main",
        ["PLUMBLINE_INIT_API_KEY"] = ApiKey,
        ["PLUMBLINE_INIT_OWNER_EMAIL"] = "ann@example.com",
        ["PLUMBLINE_INIT_OWNER_PASSWORD"] = Password,
        // What makes guessing slow would make tests slow: as few as are allowed.
        ["PLUMBLINE_ACCESS__PASSWORD_ITERATIONS"] = "10000",
    };

    public async ValueTask InitializeAsync()
    {
        Process = await ServerProcess.StartAsync(environment: FirstRun);
        Script = ServerClient.Script(Process, ApiKey);
        Owner = await SignInAsync("ann@example.com");
        var viewer = (await Owner.QueryAsync("{ viewer { organizations { id projects { id } } } }")).At("viewer.organizations[0]");
        OrganizationId = viewer.Text("id");
        ProjectId = viewer.Text("projects[0].id");
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        Script.Dispose();
        await Process.DisposeAsync();
    }

    public async Task<ServerClient> SignInAsync(string email)
    {
        var browser = ServerClient.Browser(Process);
        using var answer = await browser.PostAsync("/signin/password", new { email, password = Password });
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>Invites a person, who joins with an account of their own.</summary>
    public async Task<ServerClient> JoinAsync(string email, string role)
    {
        var browser = ServerClient.Browser(Process);
        using var answer = await browser.PostAsync("/signin/join", new { token = await InviteAsync(email, role), name = "New Person", password = Password });
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    public async Task<string> InviteAsync(string email, string role)
    {
        var data = await Owner.DoAsync("inviteMember", new { organizationId = OrganizationId, email, role }, "acceptUrl");
        return data.Text("acceptUrl").Split('/')[^1];
    }

    /// <summary>A new key of the project.</summary>
    public Task<(string Id, string Secret)> CreateKeyAsync(params string[] scopes) => Project.KeyAsync("Key", scopes);
}
