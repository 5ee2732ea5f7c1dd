using System.Globalization;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Http;
using Plumbline.GraphQL;
using Plumbline.GraphQL.RateLimits;
using Plumbline.Host.Configuration;
using Plumbline.Host.Health;

namespace Plumbline.Host.Api;

/// <summary>Charges every GraphQL request to its API key, its session, or, without a credential, to its network address.</summary>
internal sealed class GraphQLAdmission(GraphQLOptions options, IRateLimiter limiter, LimitMetrics metrics)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly long[] One = [1];

    private readonly RequestsAtWork _atWork = new(options.ConcurrentRequests);
    private readonly RateLimitPolicy[] _known = [new("requests", options.RequestsPerMinute, Window), new("cost", options.CostPerMinute, Window)];
    private readonly RateLimitPolicy[] _anonymous = [new("requests", options.AnonymousRequestsPerMinute, Window)];

    /// <summary>Sets the headers that say what is left; the error refuses the request.</summary>
    public async ValueTask<GraphQLError?> AdmitAsync(HttpContext http, Caller caller, OperationCost cost)
    {
        var decision = caller.CredentialHash is { } credential
            ? await limiter.ChargeAsync(credential, _known, new[] { 1, cost.Cost })
            : await limiter.ChargeAsync(ClientNetwork.Of(caller.Address), _anonymous, One);
        RateLimitHeaders.Write(http.Response.Headers, decision);
        if (decision.IsAdmitted) return cost.OperationType is "query" or "mutation" ? Enter(http, caller) : null;
        metrics.Refused(caller.CredentialHash is null ? "graphql_anonymous" : "graphql");
        var seconds = Math.Max(1, Math.Ceiling(decision.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new GraphQLError("RATE_LIMITED", $"Too much was asked in the last minute. Try again in {seconds} s.");
    }

    /// <summary>The place is given back when the request is over, with all that it began.</summary>
    private GraphQLError? Enter(HttpContext http, Caller caller)
    {
        if (_atWork.TryEnter(caller.CredentialHash ?? ClientNetwork.Of(caller.Address)) is { } place)
        {
            http.Response.RegisterForDispose(place);
            return null;
        }
        metrics.Refused("graphql_at_once");
        http.Response.Headers.RetryAfter = "1";
        return new GraphQLError(
            "RATE_LIMITED", $"{options.ConcurrentRequests} requests of yours are being answered, the most there may be at once. Wait for one to end.");
    }
}
