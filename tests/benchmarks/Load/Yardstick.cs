using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces;
using Plumbline.Features.Traces.Ingestion;
using Plumbline.Features.Traces.Transport;
using Plumbline.ObjectStore;
using ICredentials = Plumbline.Contracts.Access.ICredentials;

namespace Plumbline.Benchmarks.Load;

/// <summary>A server with the product's own transport and less behind it, in a process of its own: <c>yardstick receive|discard folder</c>.</summary>
internal static class Yardstick
{
    /// <summary>What stands behind the transport, by name.</summary>
    public static readonly string[] Kinds = ["discard", "receive"];

    public static async Task ServeAsync(string kind, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        using var objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = folder });
        await using var log = await objects.OpenAppendAsync("log");
        builder.Services.AddOptions<TracesOptions>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMetrics().AddSingleton<IngestMetrics>();
        builder.Services.AddOtlpGrpc();
        builder.Services.AddSingleton<ICredentials, EveryKey>();
        builder.Services.AddSingleton<ITraceIngest>(kind == "receive" ? new ReceiveIngest(log) : new DiscardIngest(log, TimeProvider.System));
        await using var app = builder.Build();
        app.MapTraces();
        await app.StartAsync();
        var ports = app.Urls.Select(u => new Uri(u).Port).ToArray();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{ports[0]} {ports[1]}"));
        await app.WaitForShutdownAsync();
    }
}
