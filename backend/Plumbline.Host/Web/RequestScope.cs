using Plumbline.Contracts.Grains;

namespace Plumbline.Host.Web;

/// <summary>Keeps what a request has been let in to and has changed: its calls to grains are checked and worded by it.</summary>
internal sealed class RequestScope(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        using (CallScope.Begin()) await next(http);
    }
}
