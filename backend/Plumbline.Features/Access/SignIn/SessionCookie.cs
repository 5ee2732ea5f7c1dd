using Microsoft.AspNetCore.Http;

namespace Plumbline.Features.Access.SignIn;

/// <summary>The cookie that carries a session's token.</summary>
internal sealed class SessionCookie(Cookies cookies)
{
    public const string Name = "plumbline_session";

    public string? Read(HttpRequest request) => cookies.Read(request, Name);

    public void Write(HttpContext http, StartedSession session) => cookies.Write(http, Name, session.Token, session.ExpiresAt);

    public void Delete(HttpContext http) => cookies.Delete(http, Name);
}
