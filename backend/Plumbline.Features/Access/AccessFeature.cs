using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Api;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Access.Grains;
using Plumbline.Features.Access.SignIn;
using Plumbline.GraphQL;
using Plumbline.GraphQL.RateLimits;

namespace Plumbline.Features.Access;

/// <summary>People, organizations, membership, sign-in, API keys and the audit log.</summary>
public static class AccessFeature
{
    /// <summary>The rate-limiting policy, set up by the host, that the sign-in endpoints run under.</summary>
    public const string SignInRateLimit = "sign-in";

    /// <summary>Adds the slice. Needs the grain runtime, an object store and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>();
        services.AddSingleton<OpenSubscriptions>();
        services.AddSingleton<IAccessControl, AccessControl>();
        services.AddSingleton<ICredentials, Credentials>();
        services.AddSingleton<ISharedQuotas, SharedQuotas>();
        services.AddSingleton<IUserDirectory, UserDirectory>();
        services.AddSingleton<IOrganizationDirectory, OrganizationDirectory>();
        services.AddSingleton<AuditReading>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<ICallerResolver, RequestCaller>();
        services.AddScoped<CurrentCaller>();
        services.AddScoped(request => request.GetRequiredService<CurrentCaller>().Value);
        services.AddSingleton<OrganizationCreation>();
        services.TryAddSingleton(new CookieRules(CookieProtection.OffLoopback));
        services.AddSingleton<Cookies>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<Joining>();
        services.AddSingleton<OwnerSetup>();
        services.AddSingleton<IFirstRun>(s => s.GetRequiredService<OwnerSetup>());
        services.AddSingleton<SignInEndpoints>();
        services.AddSingleton<INodeResolver, OrganizationNode>();
        services.AddSingleton<INodeResolver, UserNode>();
        services.AddSingleton<INodeResolver, InvitationNode>();
        services.AddSingleton<INodeResolver, JoinRequestNode>();
        services.AddSingleton<INodeResolver, AuditEventNode>();
        services.AddSingleton<INodeResolver, ApiKeyNode>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddAccess(this GraphQLBuilder graph) => graph
        .AddResolvers<NodeQuery>()
        .AddResolvers<ViewerQuery>()
        .AddResolvers<ViewerResolvers>()
        .AddResolvers<OrganizationQuery>()
        .AddResolvers<OrganizationResolvers>()
        .AddResolvers<OrganizationMutations>()
        .AddResolvers<MembershipResolvers>()
        .AddResolvers<InvitationResolvers>()
        .AddResolvers<JoinRequestResolvers>()
        .AddResolvers<UserResolvers>()
        .AddResolvers<ApiKeyResolvers>()
        .AddResolvers<ProjectApiKeyResolvers>()
        .AddResolvers<ApiKeyMutations>()
        .AddResolvers<AuditResolvers>()
        .AddResolvers<AuditEventResolvers>()
        .BindType<OrganizationView>("Organization")
        .BindType<UserView>("User")
        .BindType<InvitationView>("Invitation")
        .BindType<JoinRequestView>("JoinRequest")
        .BindType<AuditEventView>("AuditEvent")
        .BindType<ApiKeyView>("ApiKey");

    /// <summary>Maps the sign-in endpoints.</summary>
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder endpoints)
    {
        endpoints.ServiceProvider.GetRequiredService<SignInEndpoints>().Map(endpoints);
        return endpoints;
    }
}
