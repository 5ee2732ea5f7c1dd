using Plumbline.Contracts.Traces;
using Plumbline.Host.Health;

namespace Plumbline.Host.Composition;

/// <summary>Whether the process lives, and whether it serves.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz/live", () => Results.Text("alive"));
        var readiness = new Readiness(app.Services);
        app.MapGet("/healthz/ready", async (HttpContext http) =>
        {
            var problem = await readiness.ProblemAsync(http.RequestAborted);
            http.Response.StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync(problem ?? Ready(app.Services.GetRequiredService<IStoreHealth>()), http.RequestAborted);
        });
    }

    // A damaged block does not keep the server from serving; it must not go unseen either.
    private static string Ready(IStoreHealth stores) => stores.DamagedBlocks is > 0 and var damaged ? $"ready, but {damaged} damaged blocks of traces are left out of all answers: the log names them" : "ready";
}
