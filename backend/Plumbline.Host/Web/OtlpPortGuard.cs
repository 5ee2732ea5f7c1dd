using Plumbline.Host.Hosting;

namespace Plumbline.Host.Web;

/// <summary>Answers nothing but OTLP on the port of OTLP over HTTP: whoever opens that port to senders has not opened the web application.</summary>
internal sealed class OtlpPortGuard(RequestDelegate next, OtlpHttpPort port)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!port.IsOpen || http.Connection.LocalPort != port.Port || http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
