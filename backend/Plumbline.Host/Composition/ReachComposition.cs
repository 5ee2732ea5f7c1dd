using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plumbline.Features.Access.SignIn;
using Plumbline.Host.Configuration;
using Plumbline.Host.Web;

namespace Plumbline.Host.Composition;

/// <summary>Who is believed about a client, which names the server has, and what it asks of browsers where it is reached over TLS.</summary>
internal static class ReachComposition
{
    private static readonly TimeSpan StrictTransport = TimeSpan.FromDays(365);

    public static void AddReach(this WebApplicationBuilder builder, ReachOptions reach)
    {
        // The framework's own filters obey other variables than this server's (ASPNETCORE_FORWARDEDHEADERS_ENABLED would trust everybody).
        builder.Services.RemoveAll<IStartupFilter>();
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = null; // a chain of proxies is followed as far as it is trusted
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in reach.TrustedProxies) forwarded.KnownIPNetworks.Add(proxy);
        });
        builder.Services.Configure<HostFilteringOptions>(hosts =>
        {
            hosts.AllowedHosts = [.. KnownHosts.OfThisMachine, .. reach.AllowedHosts];
            if (reach.PublicUrl is { } url) hosts.AllowedHosts.Add(url.Host);
            hosts.IncludeFailureMessage = false;
        });
        builder.Services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains, hsts.Preload) = (StrictTransport, false, false));
        builder.Services.AddSingleton(new CookieRules(ProtectionOf(reach)));
    }

    public static void UseReach(this WebApplication app)
    {
        // Without a list the middleware would believe everybody.
        if (app.Services.GetRequiredService<ServerOptions>().Reach.TrustedProxies.Count > 0) app.UseForwardedHeaders();
        app.UseMiddleware<UntrustedProxies>();
        app.UseKnownHosts();
        app.UseMiddleware<PublicAddress>();
        app.UseHsts();
    }

    private static CookieProtection ProtectionOf(ReachOptions reach) => reach switch
    {
        { PublicUrl: not null } => CookieProtection.Always,
        { InsecureHttp: InsecureHttp.Allow } => CookieProtection.AsRequested,
        _ => CookieProtection.OffLoopback,
    };
}
