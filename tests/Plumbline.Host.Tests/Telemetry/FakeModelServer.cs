using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Telemetry;

/// <summary>A server on this machine, of models or of telemetry, that answers every call with a failure and remembers what came with it.</summary>
internal sealed class FakeModelServer : IAsyncDisposable
{
    /// <summary>What the project's calls show there.</summary>
    public const string ApiKey = "sk-provider-secret-0123456789";

    /// <summary>What the prompt says.</summary>
    public const string Prompt = "Confidential question about refunds";

    private readonly WebApplication _app;

    private FakeModelServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public ConcurrentQueue<Received> Requests { get; } = [];

    public static async Task<FakeModelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FakeModelServer(app);
        app.MapFallback(server.TakeAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Has the first project of a server that was set up unattended call this one, and waits for the end of it.</summary>
    /// <returns>The owner's browser.</returns>
    public async Task<ServerClient> CallAsync(ServerProcess server)
    {
        var owner = ServerClient.Browser(server);
        using (var signedIn = await owner.PostAsync("/signin/password", new { email = "ann@example.com", password = RunningServer.Password }))
            signedIn.EnsureSuccessStatusCode();
        var ids = await owner.QueryAsync("{ viewer { organizations { projects { id } } } }");
        var project = new Project(owner, ids.Text("viewer.organizations[0].projects[0].id"));
        var providerId = await project.ProviderAsync("Fake", new Uri(Url, "/v1").ToString(), ApiKey, "fake-1");
        var runId = await project.RunAsync("fake", Content.Saying(Prompt, "fake-1"), new { }, providerId);
        const string finished = "subscription($id: ID!) { playgroundRun(id: $id) { ... on PlaygroundFinished { run { status } } } }";
        using var events = await owner.ListenAsync(JsonContent.Create(new { query = finished, variables = new { id = runId } }));
        Assert.Contains("FAILED", await events.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return owner;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Requests.Enqueue(new(http.Request.Path, headers, Encoding.Latin1.GetString(body.ToArray())));
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }
}

/// <summary>A request that came; its body as one character a byte.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
