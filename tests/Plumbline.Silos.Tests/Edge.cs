using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using Plumbline.Features.Access.SignIn;
using Plumbline.Host.Composition;
using Plumbline.Host.Configuration;
using Plumbline.Testing;

namespace Plumbline.Silos.Tests;

/// <summary>The web server of one silo, as the program composes it: clients see the cluster through it.</summary>
internal sealed class Edge : IAsyncDisposable
{
    public const string ApiKey = "pl_0123456789abcdefghijklmnopqrstuvwxyz";
    public const string Password = "correct horse";
    public const string Owner = "ann@example.com";

    private readonly WebApplication _app;

    private Edge(WebApplication app) => _app = app;

    public Uri Url => new(Addresses[0]);

    public int GrpcPort => new Uri(Addresses[1]).Port;

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    private string[] Addresses => [.. _app.Urls.Select(url => url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal))];

    public static async Task<Edge> StartAsync(Cluster cluster, InProcessSiloHandle silo)
    {
        var options = new ServerOptions
        {
            Port = 0,
            OtlpGrpcPort = 0,
            OtlpHttpPort = 0,
            PrivateProviders = PrivateProviders.Allow,
            FirstRun = new FirstRunSettings("Acme", "Main", ApiKey, Owner, Password),
        };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerOptions).Assembly.GetName().Name });
        builder.AddServer(options);
        builder.Logging.ClearProviders();
        cluster.AddShared(builder.Services);
        builder.Services.AddSingleton(silo.ServiceProvider.GetRequiredService<IGrainFactory>());
        builder.AddProduct(options);
        var app = builder.Build();
        app.UseServer();
        app.MapProduct();
        await app.StartAsync();
        await app.Services.GetRequiredService<IFirstRun>().InitializeAsync(options.FirstRun, default);
        return new Edge(app);
    }

    public ServerClient Script() => ServerClient.Script(Url, ApiKey);

    public async Task<ServerClient> SignInAsync(string email)
    {
        var browser = ServerClient.Browser(Url);
        using var answer = await browser.PostAsync("/signin/password", new { email, password = Password });
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent
            ? browser
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
