using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Plumbline.Testing;

/// <summary>A server on loopback that speaks OpenAI's chat completions; what it does is chosen by the model's name.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeProvider(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.Single() + "/v1";

    /// <summary>Requests that arrived.</summary>
    public int Calls { get; private set; }

    public string? LastBody { get; private set; }

    public string? LastAuthorization { get; private set; }

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.MapPost("/v1/chat/completions", provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Lets the model "waiting" go on.</summary>
    public void Go() => _go.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Go();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        Calls++;
        LastAuthorization = http.Request.Headers.Authorization;
        LastBody = await new StreamReader(http.Request.Body).ReadToEndAsync();
        using var body = JsonDocument.Parse(LastBody);
        await (body.RootElement.GetProperty("model").GetString() switch
        {
            "limited" => RefuseAsync(http, 429, """{"error":{"message":"Slow down, sk-verysecretkey.","type":"rate_limit","code":"rate_limit_exceeded"}}"""),
            "busy-once" when Calls > 1 => StreamAsync(http, Piece("At last."), Finish("stop")),
            "busy-once" or "busy" => RefuseAsync(http, 429, """{"error":{"message":"Too many requests."}}""", "3"),
            "unavailable-once" when Calls > 1 => StreamAsync(http, Piece("At last."), Finish("stop")),
            "unavailable-once" => RefuseAsync(http, 503, "Restarting", "Mon, 05 Jan 2026 09:00:07 GMT"),
            "busy-for-long" => RefuseAsync(http, 429, """{"error":{"message":"Too many requests."}}""", "3600"),
            "overloaded" => RefuseAsync(http, 503, "Overloaded"),
            "failing" => RefuseAsync(http, 500, "Oh no", "3"),
            "reset" => ResetAsync(http),
            "silent" => _go.Task.WaitAsync(http.RequestAborted),
            "page" => RefuseAsync(http, 502, "<html>Bad gateway</html>"),
            "moved" => MovedAsync(http),
            "cut" => StreamAsync(http, Piece("Half a "), end: false),
            "aborted" => AbortAsync(http),
            "error" => StreamAsync(http, Piece("So far "), """{"error":{"message":"The model crashed.","code":500}}"""),
            "garbage" => StreamAsync(http, "not json"),
            "endless-line" => StreamAsync(http, new string('x', 5000)),
            "tools" => StreamAsync(http, Tool(0, "call_1", "search", ""), Tool(0, null, null, "{\"q\":"), Tool(0, null, null, "\"a\"}"), Finish("tool_calls")),
            "waiting" => WaitAsync(http),
            _ =>
                StreamAsync(
                    http, Piece("Hel"), Piece("lo, "), Piece("wörld 🎉"), Finish("stop"),
                    """{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":2}}}"""),
        });
    }

    private static string Piece(string text) => JsonSerializer.Serialize(new { choices = new[] { new { index = 0, delta = new { content = text } } } });

    private static string Finish(string reason) =>
        JsonSerializer.Serialize(new { choices = new[] { new { index = 0, delta = new { }, finish_reason = reason } } });

    private static string Tool(int index, string? id, string? name, string arguments) =>
        JsonSerializer.Serialize(new
        {
            choices = new[] { new { delta = new { tool_calls = new[] { new
        {
            index, id, function = new { name, arguments },
        } } } } }
        });

    private static Task StreamAsync(HttpContext http, params string[] data) => StreamAsync(http, data, end: true);

    private static Task StreamAsync(HttpContext http, string data, bool end) => StreamAsync(http, [data], end);

    private static async Task StreamAsync(HttpContext http, string[] data, bool end)
    {
        if (!http.Response.HasStarted) http.Response.ContentType = "text/event-stream";
        foreach (var item in data)
        {
            await http.Response.WriteAsync($": keep-alive\r\ndata: {item}\n\n");
            await http.Response.Body.FlushAsync();
        }
        if (end) await http.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static async Task RefuseAsync(HttpContext http, int status, string body, string? retryAfter = null)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = retryAfter;
        await http.Response.WriteAsync(body);
    }

    private static Task MovedAsync(HttpContext http)
    {
        http.Response.Redirect("http://127.0.0.1:1/internal");
        return Task.CompletedTask;
    }

    private static async Task AbortAsync(HttpContext http)
    {
        await StreamAsync(http, Piece("Half a "), end: false);
        http.Abort();
    }

    private static Task ResetAsync(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    private async Task WaitAsync(HttpContext http)
    {
        await StreamAsync(http, Piece("First. "), end: false);
        await _go.Task.WaitAsync(http.RequestAborted);
        await StreamAsync(http, Piece("Second."), Finish("stop"));
    }
}
