namespace Plumbline.Features.Access.SignIn;

/// <summary>How the browser keeps the server's cookies. Set by the host, which knows how the server is reached.</summary>
public sealed record CookieRules(CookieProtection Protection);

/// <summary>When a browser may send the server's cookies over TLS only.</summary>
public enum CookieProtection
{
    /// <summary>Unless the server is addressed by a name of the browser's own machine.</summary>
    OffLoopback,

    /// <summary>Always, and no other host of the domain can set them: the server is reached by https.</summary>
    Always,

    /// <summary>Where the request came over TLS: the operator has said that the network is safe.</summary>
    AsRequested,
}
