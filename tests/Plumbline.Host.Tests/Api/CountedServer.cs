using System.Text.Json;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Api;

/// <summary>A server in this process with its calls to grains counted and the sample project in it.</summary>
public sealed class CountedServer : IAsyncLifetime
{
    private InProcessServer _server = null!;
    private HttpClient _developer = null!;

    internal GrainCalls Calls { get; } = new();

    public string ProjectId => _server.ProjectId;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessServer.StartAsync(Calls);
        await new InProcessClient(_server.Owner).DoAsync("loadSampleProject", new { id = ProjectId });
        _developer = await _server.JoinAsync("dev@example.com", "DEVELOPER");
    }

    /// <summary>The data of a query that the project's API key sends.</summary>
    public Task<JsonElement> ScriptAsync(string query, object variables) => InProcessServer.AskAsync(_server.Script, query, variables);

    /// <summary>The data of a query that the project's owner sends.</summary>
    public Task<JsonElement> OwnerAsync(string query, object variables) => InProcessServer.AskAsync(_server.Owner, query, variables);

    /// <summary>The data of a query that a developer sends who reviews nothing.</summary>
    public Task<JsonElement> DeveloperAsync(string query, object variables) => InProcessServer.AskAsync(_developer, query, variables);

    /// <summary>A script with a new key that its owner has made.</summary>
    public async Task<HttpClient> KeyAsync(params string[] scopes) =>
        _server.ScriptWith((await new Project(new InProcessClient(_server.Owner), ProjectId).KeyAsync("Key", scopes)).Secret);

    public async ValueTask DisposeAsync()
    {
        _developer.Dispose();
        await _server.DisposeAsync();
    }
}
