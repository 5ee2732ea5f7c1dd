using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Traces;
using Plumbline.Features.Traces.Ingestion;
using Plumbline.Host.Composition;
using Plumbline.Host.Configuration;
using Plumbline.ObjectStore;
using Plumbline.Otlp;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>The server in this process, as the program composes it, with small limits, a gate before its storing, and its log at hand.</summary>
public sealed class GrpcServer : IAsyncLifetime
{
    public const int MaxRequestBytes = 1 << 20;
    public const int MaxBodyBytes = 2 << 20;
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3.5);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plumbline-");
    private WebApplication app = null!;

    /// <summary>The disk of the server, which can be full.</summary>
    public FailingObjectStore Disk { get; private set; } = null!;

    internal IngestGate Gate { get; private set; } = null!;

    internal LogLines Log { get; } = new();

    internal TracesOptions Limits => app.Services.GetRequiredService<IOptions<TracesOptions>>().Value;

    public int HttpPort => new Uri(app.Urls.First()).Port;

    public int GrpcPort => new Uri(app.Urls.Last()).Port;

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions { Port = 0, OtlpGrpcPort = 0, OtlpHttpPort = 0, Data = folder.FullName };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerOptions).Assembly.GetName().Name });
        builder.AddServer(options);
        builder.AddEngines(options);
        builder.AddProduct(options);
        builder.Logging.AddProvider(Log);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(1000, TimeSpan.FromSeconds(2)));
        builder.Services.Configure<TracesOptions>(Limit);
        Between(builder.Services);
        app = builder.Build();
        _ = app.Services.GetRequiredService<IObjectStore>();
        app.UseServer();
        app.MapProduct();
        await app.StartAsync();
        _ = app.Services.GetRequiredService<ITraceIngest>();
        await app.Services.GetRequiredService<IFirstRun>().InitializeAsync(new FirstRunSettings("Acme", "Main", RunningServer.ApiKey, null, null), default);
    }

    private static void Limit(TracesOptions traces)
    {
        traces.MaxRequestBytes = MaxRequestBytes;
        traces.RetryAfter = RetryAfter;
        traces.Otlp = new OtlpLimits { MaxBodyBytes = MaxBodyBytes };
    }

    private void Between(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<IObjectStore>(all => Disk = new FailingObjectStore(all.GetRequiredService<FolderObjectStore>())));
        services.AddSingleton<TraceIngest>();
        services.Replace(ServiceDescriptor.Singleton<ITraceIngest>(all => Gate = new IngestGate(all.GetRequiredService<TraceIngest>())));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(true);
    }
}
