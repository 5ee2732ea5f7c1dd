using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;
using Plumbline.GraphQL;
using Plumbline.Host.Composition;
using Plumbline.Host.Web;

namespace Plumbline.Host.Api;

/// <summary>What the product makes of a GraphQL request: who asks, whether they may know the schema, whether they ask too much.</summary>
internal sealed class GraphQLEndpoint(
    ICallerResolver callers, ICredentials credentials, GraphQLAudience audience, GraphQLAdmission admission, ExplorerPage explorer)
{
    private const string CostHeader = "GraphQL-Cost";

    public void Configure(GraphQLEndpointOptions endpoint)
    {
        endpoint.CreateContext = CreateContextAsync;
        endpoint.MayContinue = (http, context) => credentials.StillHoldsAsync(CallerOf(context), http.RequestAborted);
        endpoint.Admit = AdmitAsync;
        endpoint.Explorer = explorer.ServeAsync;
    }

    /// <summary>Nobody changes or follows anything without a credential, and is told so before anything that was sent is looked at: the answer to an id
    /// would say whether it could be one.</summary>
    private async ValueTask<GraphQLError?> AdmitAsync(HttpContext http, GraphQLRequestContext context, OperationCost cost)
    {
        var caller = CallerOf(context);
        if (cost.OperationType == "query") AnswerCompression.Allow(http);
        var refusal = await admission.AdmitAsync(http, caller, cost);
        if (refusal is null && !caller.IsAuthenticated && cost.OperationType is "mutation" or "subscription")
            refusal = FailureMap.ToGraphQL(Failure.Unauthenticated());
        return refusal;
    }

    private async ValueTask CreateContextAsync(HttpContext http, GraphQLRequestContext context)
    {
        var caller = await FindCallerAsync(http);
        context.Services.GetRequiredService<CurrentCaller>().Value = caller;
        context.AllowIntrospection = await audience.IncludesAsync(caller, http.RequestAborted);
        context.ReportCost = http.Request.Headers[CostHeader] == "report";
    }

    private static Caller CallerOf(GraphQLRequestContext context) => context.Services.GetRequiredService<Caller>();

    /// <summary>A key that does not hold is an attempt like any other without a credential.</summary>
    private async ValueTask<Caller> FindCallerAsync(HttpContext http)
    {
        try
        {
            return IsSchemaText(http.Request) ? await callers.ResolveVisitAsync(http) : await callers.ResolveAsync(http);
        }
        catch (RequestFailedException)
        {
            if (await admission.AdmitAsync(http, Caller.Anonymous with { Address = http.Connection.RemoteIpAddress?.ToString() }, default) is { } refusal)
                throw new GraphQLException(refusal.Code, refusal.Message);
            throw;
        }
    }

    private static bool IsSchemaText(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Value!.EndsWith("/schema.graphql", StringComparison.Ordinal);
}
