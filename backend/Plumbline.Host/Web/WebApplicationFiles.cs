namespace Plumbline.Host.Web;

/// <summary>Serves the built web application: files by name, and its page for every other address that a browser opens.</summary>
internal static class WebApplicationFiles
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Revalidated = "no-cache";
    private static readonly string[] NotPages = ["/graphql", "/v1", "/healthz", "/assets", "/metrics"];

    /// <summary>Answers with a file where one has that name. Stands before routing: the page for every other address matches all of them.</summary>
    public static void UseWebApplicationFiles(this WebApplication app)
    {
        var files = app.Services.GetRequiredService<BuiltFiles>();
        app.Use(async (http, next) =>
        {
            if (IsRead(http.Request) && await files.TryServeAsync(http, http.Request.Path.Value!, CacheControl(http.Request.Path))) return;
            await next(http);
        });
    }

    public static void MapWebApplication(this WebApplication app)
    {
        var files = app.Services.GetRequiredService<BuiltFiles>();
        app.MapFallback("{*path}", http => AnswerAsync(http, files));
    }

    /// <summary>Files under /assets carry a hash of their content in their names.</summary>
    private static string CacheControl(PathString path) => path.StartsWithSegments("/assets", StringComparison.Ordinal) ? Immutable : Revalidated;

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static async Task AnswerAsync(HttpContext http, BuiltFiles files)
    {
        if (!IsRead(http.Request) || Array.Exists(NotPages, p => http.Request.Path.StartsWithSegments(p, StringComparison.Ordinal)))
            await Refuse(http, "There is nothing at this address.");
        else if (!await files.TryServeAsync(http, "index.html", Revalidated))
            await Refuse(http, "The web application is not built. Run 'npm start', or 'npm run build -w frontend' and start the server again.");
    }

    private static Task Refuse(HttpContext http, string message)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return http.Response.WriteAsJsonAsync(new { error = new { code = "NOT_FOUND", message } }, http.RequestAborted);
    }
}
