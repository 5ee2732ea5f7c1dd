using Plumbline.Features.Access;
using Plumbline.Host.Web;

namespace Plumbline.Host.Api;

/// <summary>GraphiQL for browsers: in development for everybody, else for people who are signed in. The page itself tells nothing; what it asks is asked like any other request.</summary>
internal sealed class ExplorerPage(ICallerResolver callers, IHostEnvironment environment)
{
    private readonly string? _page = WebApplicationFiles.Find("explorer.html");

    public async Task ServeAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Accept, Cookie";
        if (!environment.IsDevelopment() && (await callers.ResolveVisitAsync(http)).UserId is null)
        {
            http.Response.Redirect($"/signin?next={Uri.EscapeDataString(http.Request.Path)}");
            return;
        }
        if (_page is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync("The explorer is not built. Run 'npm start', or 'npm run build -w frontend' and start the server again.\n", http.RequestAborted);
            return;
        }
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.SendFileAsync(_page, http.RequestAborted);
    }
}
