using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Features.Access;
using Plumbline.Features.Access.SignIn;
using Plumbline.Host.Composition;
using Plumbline.Host.Configuration;
using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Api;

/// <summary>The server in this process, as the program composes it, with one more filter on its calls to grains: behind the product's own,
/// so that it stands where the network does.</summary>
internal sealed class InProcessServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plumbline-");
    private WebApplication _app = null!;

    /// <summary>The project that is there from the start.</summary>
    public string ProjectId { get; private set; } = "";

    public string OrganizationId { get; private set; } = "";

    /// <summary>The browser of the owner, ann@example.com.</summary>
    public HttpClient Owner { get; private set; } = null!;

    /// <summary>A script with a key of all scopes.</summary>
    public HttpClient Script { get; private set; } = null!;

    public static async Task<InProcessServer> StartAsync(IOutgoingGrainCallFilter network, Action<IServiceCollection>? configure = null)
    {
        var server = new InProcessServer();
        await server.RunAsync(network, configure);
        return server;
    }

    /// <summary>What the server is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>A browser that nobody is signed in with.</summary>
    public HttpClient Browser() => Client("x-plumbline-csrf", "1");

    /// <summary>A script with this key.</summary>
    public HttpClient ScriptWith(string apiKey) => Client("x-api-key", apiKey);

    public async Task<HttpClient> SignInAsync(string email)
    {
        var browser = Browser();
        using var signedIn = await browser.PostAsJsonAsync("/signin/password", new { email, password = RunningServer.Password });
        signedIn.EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>The browser of somebody new with this role.</summary>
    public async Task<HttpClient> JoinAsync(string email, string role)
    {
        var invited = await new InProcessClient(Owner).DoAsync("inviteMember", new { organizationId = OrganizationId, email, role }, "acceptUrl");
        var token = invited.Text("acceptUrl").Split('/')[^1];
        var browser = Browser();
        using var joined = await browser.PostAsJsonAsync("/signin/join", new { token, name = "New Person", password = RunningServer.Password });
        joined.EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>The whole answer to a GraphQL request.</summary>
    public static async Task<JsonElement> AnswerAsync(HttpClient client, string query, object? variables = null)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query, variables });
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The data of a GraphQL request that has to succeed.</summary>
    public static async Task<JsonElement> AskAsync(HttpClient client, string query, object? variables = null)
    {
        var answer = await AnswerAsync(client, query, variables);
        return answer.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.ToString()) : answer.GetProperty("data");
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        Script.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(true);
    }

    private async Task RunAsync(IOutgoingGrainCallFilter network, Action<IServiceCollection>? configure)
    {
        var options = new ServerOptions
        {
            Port = 0,
            OtlpGrpcPort = 0,
            OtlpHttpPort = 0,
            Data = _folder.FullName,
            FirstRun = new FirstRunSettings("Acme", "Main", RunningServer.ApiKey, "ann@example.com", RunningServer.Password),
        };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerOptions).Assembly.GetName().Name });
        builder.AddServer(options);
        builder.AddEngines(options);
        builder.AddProduct(options);
        builder.Services.AddSingleton(network);
        builder.Services.Configure<AccessOptions>(access => access.PasswordIterations = 10_000);
        configure?.Invoke(builder.Services);
        _app = builder.Build();
        _ = _app.Services.GetRequiredService<IObjectStore>();
        _app.UseServer();
        _app.MapProduct();
        await _app.StartAsync();
        await _app.Services.GetRequiredService<IFirstRun>().InitializeAsync(options.FirstRun, default);
        Owner = await SignInAsync("ann@example.com");
        Script = ScriptWith(RunningServer.ApiKey);
        var organization = (await AskAsync(Owner, "{ viewer { organizations { id projects { id } } } }")).At("viewer.organizations[0]");
        (OrganizationId, ProjectId) = (organization.Text("id"), organization.Text("projects[0].id"));
    }

    private HttpClient Client(string header, string value)
    {
        var client = new HttpClient { BaseAddress = new Uri(_app.Urls.First().Replace("localhost", "127.0.0.1", StringComparison.Ordinal)) };
        client.DefaultRequestHeaders.Add(header, value);
        return client;
    }
}
