using Microsoft.AspNetCore.Http;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Control;

/// <summary>Finds out who sends an HTTP request.</summary>
public interface ICallerResolver
{
    /// <summary>The caller of a request: the API key of <c>Authorization: Bearer</c> or <c>x-api-key</c> if there is one, else the session
    /// cookie, else nobody.</summary>
    /// <exception cref="RequestFailedException">UNAUTHENTICATED: a key was sent that does not hold. FORBIDDEN: a cookie was sent without
    /// the header against cross-site requests.</exception>
    ValueTask<Caller> ResolveAsync(HttpContext http);

    /// <summary>The caller of a page that a browser opens, which cannot send a header. Only for answers that another site could neither
    /// read nor change anything by.</summary>
    /// <exception cref="RequestFailedException">UNAUTHENTICATED: a key was sent that does not hold.</exception>
    ValueTask<Caller> ResolveVisitAsync(HttpContext http);
}
