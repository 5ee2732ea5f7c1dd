using Plumbline.Contracts.Traces;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Health;

/// <summary>Whether the process lives, and whether it serves.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz/live", () => Results.Text("alive"));
        var readiness = new Readiness(app.Services);
        var place = app.Services.GetRequiredService<ServerOptions>().Cluster.IsOn ? "storage account" : "data folder";
        app.MapGet("/healthz/ready", async (HttpContext http) =>
        {
            var problem = readiness.Problem();
            http.Response.StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync(
                problem ?? await ReadyAsync(readiness, app.Services.GetRequiredService<IStoreHealth>(), place, http.RequestAborted),
                http.RequestAborted);
        });
    }

    // Neither a damaged block nor a full disk keeps the server from answering; they must not go unseen either.
    private static async Task<string> ReadyAsync(Readiness readiness, IStoreHealth stores, string place, CancellationToken cancellationToken)
    {
        if (!await readiness.CanWriteAsync(cancellationToken))
            return $"ready, but the {place} cannot be written: telemetry and changes are refused until it can";
        return stores.DamagedBlocks is > 0 and var damaged
            ? $"ready, but {damaged} damaged {(damaged == 1 ? "block of traces is" : "blocks of traces are")} left out of all answers: the log says which"
            : "ready";
    }
}
