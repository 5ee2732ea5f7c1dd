using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Plumbline.Features.Access;
using Plumbline.Features.Kernel.Http;
using Plumbline.GraphQL.RateLimits;
using RateLimiter = System.Threading.RateLimiting.RateLimiter;

namespace Plumbline.Host.Web;

/// <summary>Limits requests to sign in of one network address, by what limits other requests: in a cluster, all nodes count together.</summary>
/// <remarks>Nothing is kept here, so it may be forgotten at any time.</remarks>
internal sealed class SignInLimit(IRateLimiter limiter, string caller, RateLimitPolicy policy) : RateLimiter
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public override TimeSpan? IdleDuration => TimeSpan.MaxValue;

    public static RateLimitPartition<string> Of(HttpContext http) => RateLimitPartition.Get(ClientNetwork.Of(http.Connection.RemoteIpAddress), network =>
    {
        var perMinute = http.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.SignInRequestsPerMinute;
        var limiter = http.RequestServices.GetRequiredService<IRateLimiter>();
        return (RateLimiter)new SignInLimit(limiter, $"{AccessFeature.SignInRateLimit}/{network}", new(AccessFeature.SignInRateLimit, perMinute, Window));
    });

    public override RateLimiterStatistics? GetStatistics() => null;

    // The answer may have to be asked of another node, which takes an await.
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(false, TimeSpan.Zero);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        var decision = await limiter.ChargeAsync(caller, [policy], new long[] { permitCount });
        return new Lease(decision.IsAdmitted, decision.RetryAfter);
    }

    private sealed class Lease(bool isAcquired, TimeSpan retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = retryAfter;
            return !isAcquired && metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
