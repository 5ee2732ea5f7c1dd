using Plumbline.Features.Access.Control;
using Plumbline.Host.Web;

namespace Plumbline.Host.Api;

/// <summary>GraphiQL for browsers: in development for everybody, else for people who are signed in. The page itself tells nothing; what it
/// asks is asked like any other request.</summary>
internal sealed class ExplorerPage(ICallerResolver callers, IHostEnvironment environment, BuiltFiles files)
{
    private const string NotKept = "no-store";

    public async Task ServeAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = NotKept;
        http.Response.Headers.Vary = "Accept, Cookie";
        if (!environment.IsDevelopment() && (await callers.ResolveVisitAsync(http)).UserId is null)
        {
            http.Response.Redirect($"/signin?next={Uri.EscapeDataString(http.Request.Path)}");
            return;
        }
        if (await files.TryServeAsync(http, "explorer.html", NotKept)) return;
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(
            "The explorer is not built. Run 'npm start', or 'npm run build -w frontend' and start the server again.\n", http.RequestAborted);
    }
}
