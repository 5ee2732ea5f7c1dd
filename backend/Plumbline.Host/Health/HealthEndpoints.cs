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
            await http.Response.WriteAsync(problem ?? "ready", http.RequestAborted);
        });
    }
}
