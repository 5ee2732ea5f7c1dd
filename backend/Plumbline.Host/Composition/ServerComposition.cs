using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Plumbline.Features.Access;
using Plumbline.Host.Configuration;
using Plumbline.Host.Health;
using Plumbline.Host.Hosting;
using Plumbline.Host.Web;

namespace Plumbline.Host.Composition;

/// <summary>The server itself: ports, logs, limits, headers.</summary>
internal static class ServerComposition
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    public static void AddServer(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
            (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ ", true));
        builder.Logging.AddFilter(null, LogLevel.Warning).AddFilter("Plumbline", LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A silo alone warns of clocks and queues that only tell that the machine is busy; one of several, of the others, too.
        builder.Logging.AddFilter("Orleans", options.Cluster.IsOn ? LogLevel.Warning : LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Logging.AddFilter("Grpc", LogLevel.Critical); // it takes calls that nobody can read for failures; the server's own are logged where they happen
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical); // why a start failed is said once, by Startup
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);
        var otlpHttp = OtlpHttpPort.Choose(options);
        builder.Services.AddSingleton(otlpHttp);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
            Listen(kestrel, options, options.Port, HttpProtocols.Http1);
            if (otlpHttp.IsOpen) Listen(kestrel, options, otlpHttp.Port, HttpProtocols.Http1);
            Listen(kestrel, options, options.OtlpGrpcPort, HttpProtocols.Http2);
        });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = TooManyRequests.WriteAsync;
            limiter.AddPolicy(AccessFeature.SignInRateLimit, SignInLimit.Of);
        });
        builder.Services.AddSingleton(options);
        builder.AddReach(options.Reach);
        builder.Services.AddSingleton(_ => BuiltFiles.Find());
        builder.AddAnswerCompression();
        builder.Services.AddSingleton<LimitMetrics>();
        builder.Services.AddSingleton<StartupState>();
    }

    public static void UseServer(this WebApplication app)
    {
        app.UseMiddleware<RequestScope>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseReach();
        app.UseMiddleware<OtlpPortGuard>();
        app.UseMiddleware<EndStreamsOnStop>();
        app.UseWebApplicationFiles();
        app.UseWhen(AnswerCompression.MayServe, query => query.UseResponseCompression());
        app.UseRouting();
        app.UseRateLimiter();
    }

    private static void AddAnswerCompression(this WebApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/graphql-response+json"];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        builder.Services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
    }

    private static void Listen(KestrelServerOptions kestrel, ServerOptions options, int port, HttpProtocols protocols)
    {
        void Speak(ListenOptions listen) => listen.Protocols = protocols;
        if (options.Listen == ListenOn.Any) kestrel.ListenAnyIP(port, Speak);
        else if (port == 0) kestrel.Listen(IPAddress.Loopback, port, Speak);
        else kestrel.ListenLocalhost(port, Speak);
    }
}
