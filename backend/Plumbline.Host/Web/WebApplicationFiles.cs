using Microsoft.Extensions.FileProviders;

namespace Plumbline.Host.Web;

/// <summary>Serves the built web application: files by name, and its page for every other address that a browser opens.</summary>
internal static class WebApplicationFiles
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private static readonly string[] NotPages = ["/graphql", "/v1", "/healthz", "/assets", "/metrics"];

    /// <summary>Answers with a file where one has that name. Stands before routing: the page for every other address matches all of them.</summary>
    public static void UseWebApplicationFiles(this WebApplication app)
    {
        if (Find() is not { } folder) return;
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = CacheControl(file.Context.Request.Path),
        });
    }

    public static void MapWebApplication(this WebApplication app)
    {
        var folder = Find();
        app.MapFallback("{*path}", http => AnswerAsync(http, folder));
    }

    /// <summary>Files under /assets carry a hash of their content in their names.</summary>
    private static string CacheControl(PathString path) => path.StartsWithSegments("/assets", StringComparison.Ordinal) ? Immutable : "no-cache";

    /// <summary>A page of the built web application, or null when it is not built.</summary>
    public static string? Find(string page) => new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory }
        .Select(root => Path.Combine(root, "frontend", "dist", page))
        .FirstOrDefault(File.Exists);

    private static string? Find() => Path.GetDirectoryName(Find("index.html"));

    private static async Task AnswerAsync(HttpContext http, string? folder)
    {
        var isPage = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!isPage || Array.Exists(NotPages, p => http.Request.Path.StartsWithSegments(p, StringComparison.Ordinal)))
        {
            await Refuse(http, "NOT_FOUND", "There is nothing at this address.");
            return;
        }
        if (folder is null)
        {
            await Refuse(http, "NOT_FOUND", "The web application is not built. Run 'npm start', or 'npm run build -w frontend' and start the server again.");
            return;
        }
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        await http.Response.SendFileAsync(Path.Combine(folder, "index.html"), http.RequestAborted);
    }

    private static Task Refuse(HttpContext http, string code, string message)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return http.Response.WriteAsJsonAsync(new { error = new { code, message } }, http.RequestAborted);
    }
}
