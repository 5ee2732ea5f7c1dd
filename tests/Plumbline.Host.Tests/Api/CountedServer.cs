using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Features.Access;
using Plumbline.Host.Composition;
using Plumbline.Host.Configuration;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Tests.Api;

/// <summary>The server in this process, as the program composes it, with its calls to grains counted and the sample project in it.</summary>
public sealed class CountedServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plumbline-");
    private WebApplication _app = null!;
    private HttpClient _owner = null!;
    private HttpClient _script = null!;

    internal GrainCalls Calls { get; } = new();

    public string ProjectId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions { Port = 0, OtlpGrpcPort = 0, Data = _folder.FullName, FirstRun = new FirstRunSettings("Acme", "Main", RunningServer.ApiKey, "ann@example.com", RunningServer.Password) };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerOptions).Assembly.GetName().Name });
        builder.AddServer(options);
        builder.AddEngines(options);
        builder.AddProduct(options);
        builder.Services.AddSingleton<IOutgoingGrainCallFilter>(Calls);
        _app = builder.Build();
        _ = _app.Services.GetRequiredService<IObjectStore>();
        _app.UseServer();
        _app.MapProduct();
        await _app.StartAsync();
        await _app.Services.GetRequiredService<IFirstRun>().InitializeAsync(options.FirstRun, default);
        _owner = Client("x-plumbline-csrf", "1");
        _script = Client("x-api-key", RunningServer.ApiKey);
        using var signedIn = await _owner.PostAsJsonAsync("/signin/password", new { email = "ann@example.com", password = RunningServer.Password });
        signedIn.EnsureSuccessStatusCode();
        ProjectId = (await AskAsync(_owner, "{ viewer { organizations { projects { id } } } }")).GetProperty("viewer").GetProperty("organizations")[0].GetProperty("projects")[0].GetProperty("id").GetString()!;
        await AskAsync(_owner, "mutation($id: ID!) { loadSampleProject(input: {id: $id}) { __typename } }", new { id = ProjectId });
    }

    /// <summary>The data of a query that the project's API key sends.</summary>
    public Task<JsonElement> ScriptAsync(string query, object variables) => AskAsync(_script, query, variables);

    /// <summary>The data of a query that the project's owner sends.</summary>
    public Task<JsonElement> OwnerAsync(string query, object variables) => AskAsync(_owner, query, variables);

    private HttpClient Client(string header, string value)
    {
        var client = new HttpClient { BaseAddress = new Uri(_app.Urls.First().Replace("localhost", "127.0.0.1", StringComparison.Ordinal)) };
        client.DefaultRequestHeaders.Add(header, value);
        return client;
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string query, object? variables = null)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query, variables });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.ToString()) : json.GetProperty("data");
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        _script.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(true);
    }
}
