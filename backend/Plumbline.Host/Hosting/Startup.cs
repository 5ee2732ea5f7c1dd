using Microsoft.AspNetCore.Connections;
using Plumbline.Contracts;
using Plumbline.Features.Access.SignIn;
using Plumbline.GraphQL;
using Plumbline.Host.Clustering;
using Plumbline.Host.Clustering.Joining;
using Plumbline.Host.Configuration;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Hosting;

/// <summary>Starts the server, or says in a sentence why it cannot.</summary>
internal static class Startup
{
    private const int BadSettings = 2;
    private const int CannotStart = 1;

    public static int Refuse(IReadOnlyList<string> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        return BadSettings;
    }

    public static async Task<int> RunAsync(WebApplicationBuilder builder, Action<WebApplication> map, ServerOptions options)
    {
        try
        {
            if (!options.Cluster.IsOn && DataFolder.Prepare(options.Data) is { } note) await Console.Out.WriteLineAsync(note);
            await using var app = builder.Build();
            _ = app.Services.GetRequiredService<IObjectStore>();
            if (options.Cluster.IsOn) await JoiningComposition.CheckAsync(app.Services, options.Cluster);
            map(app);
            await StartAsync(app);
            await FinishAsync(app, options);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception failure) when (Sentence(failure, options) is not null)
        {
            await Console.Error.WriteLineAsync(Sentence(failure, options));
            return CannotStart;
        }
    }

    // When one part cannot start (a port is taken), the others are stopped in order: a silo that is only disposed of complains at length.
    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await StopAsync(app);
            throw;
        }
    }

    private static async Task StopAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (InvalidOperationException)
        {
            // A silo that failed while it started does not let itself be stopped. Why it failed is what counts.
        }
    }

    /// <summary>The owner link is shown here and nowhere else.</summary>
    private static async Task FinishAsync(WebApplication app, ServerOptions options)
    {
        var firstRun = app.Services.GetRequiredService<IFirstRun>();
        if (!options.FirstRun.IsEmpty) await firstRun.InitializeAsync(options.FirstRun, app.Lifetime.ApplicationStopping);
        var (link, note) = await OwnerLinkAsync(firstRun, options, app.Lifetime.ApplicationStopping);
        app.Services.GetRequiredService<StartupState>().Finish();
        var addresses = app.Urls.Select(u =>
            new Uri(u.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("localhost", "127.0.0.1", StringComparison.Ordinal))).ToArray();
        var web = $"http://127.0.0.1:{addresses[0].Port}";
        await Console.Out.WriteLineAsync(
            $"Plumbline serves on {web} (OTLP over gRPC on port {addresses[^1].Port}). Data is in {PlaceOf(options)}.");
        if (app.Services.GetRequiredService<OtlpHttpPort>() is { Note: { } taken }) await Console.Out.WriteLineAsync(taken);
        if (note is not null) await Console.Out.WriteLineAsync(note);
        if (link is not null) await Console.Out.WriteLineAsync($"Open this link within 30 minutes to become the owner: {PublicOr(web, options)}{link}");
        await Console.Out.WriteLineAsync("Plumbline is ready.");
    }

    private static string PublicOr(string local, ServerOptions options) => options.Reach.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? local;

    // What is on the disk can be read although nothing can be added: that is no reason not to serve. Nodes that start one after another
    // leave the link of the first alone, which somebody may be about to follow.
    private static async Task<(string? Link, string? Note)> OwnerLinkAsync(IFirstRun firstRun, ServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var link = await firstRun.IssueOwnerLinkAsync(replaces: !options.Cluster.IsOn, cancellationToken);
            return (link.Path, link.OpenUntil is { } until ? ShownBefore(until) : null);
        }
        catch (Exception failure) when (Failure.In(failure) is { IsRetryable: true })
        {
            return (null, "No link for the first owner can be made while the data cannot be written. Start again when it can.");
        }
    }

    private static string ShownBefore(DateTimeOffset until) => FormattableString.Invariant(
        $"Another node has shown the link for the first owner. It holds until {until:HH:mm} UTC; a node that starts later shows a new one.");

    private static string PlaceOf(ServerOptions options) =>
        options.Cluster is { IsOn: true } cluster ? $"the container {cluster.Id} at {cluster.Storage!.Address}" : Path.GetFullPath(options.Data);

    private static string? Sentence(Exception failure, ServerOptions options) =>
        (options.Cluster.IsOn ? NodeFailures.Sentence(failure, options.Cluster) : null) ?? ServerSentence(failure, options);

    private static string? ServerSentence(Exception failure, ServerOptions options) => failure switch
    {
        IOException { InnerException: AddressInUseException } => PortInUse(failure.Message, options),
        StorageLockedException =>
            $"The data folder {Path.GetFullPath(options.Data)} is in use by another Plumbline. Stop it, or name another folder with --data or PLUMBLINE_DATA.",
        GraphQLSchemaException => failure.Message,
        StorageUnavailableException => $"The data folder {Path.GetFullPath(options.Data)} cannot be used: {failure.Message}",
        _ => Failure.In(failure) is { IsRetryable: true } refused ? $"What the settings ask for cannot be made: {refused.Message}" : null,
    };

    private static string PortInUse(string message, ServerOptions options)
    {
        var isGrpc = message.Contains($":{options.OtlpGrpcPort}", StringComparison.Ordinal);
        return isGrpc
            ? $"Port {options.OtlpGrpcPort} is in use by another program. Stop it, or choose another port with --otlp-grpc-port or PLUMBLINE_OTLP_GRPC_PORT."
            : $"Port {options.Port} is in use by another program. Stop it, or choose another port with --port or PLUMBLINE_PORT.";
    }
}
