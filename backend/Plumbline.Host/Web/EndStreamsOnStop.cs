using Microsoft.AspNetCore.Http.Features;

namespace Plumbline.Host.Web;

/// <summary>Ends event streams when the server begins to stop: they would never end by themselves, and the stop would wait for them.</summary>
internal sealed class EndStreamsOnStop(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!AsksForEvents(http.Request))
        {
            await next(http);
            return;
        }
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) metrics.MetricsDisabled = true; // how long somebody listens is no latency
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.RequestAborted = end.Token;
        await next(http);
    }

    public static bool AsksForEvents(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
