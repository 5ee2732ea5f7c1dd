namespace Plumbline.GraphQL.RateLimits;

/// <summary>Limits what callers may use.</summary>
public interface IRateLimiter
{
    /// <summary>Charges a caller, or refuses. An amount beyond a policy's quota is charged as the whole quota: it passes when nothing was used.</summary>
    /// <param name="caller">Whom to charge.</param>
    /// <param name="policies">The caller's policies; always the same number for the same caller.</param>
    /// <param name="amounts">Units of each policy; none negative.</param>
    ValueTask<RateLimitDecision> ChargeAsync(string caller, IReadOnlyList<RateLimitPolicy> policies, ReadOnlyMemory<long> amounts);
}
