namespace Plumbline.GraphQL.RateLimits;

/// <summary>Keeps the quotas of callers who are served by several processes.</summary>
public interface ISharedQuotas
{
    /// <summary>Takes units of a caller's quotas, to be spent here.</summary>
    /// <param name="caller">Whose quotas.</param>
    /// <param name="policies">The caller's policies; always the same number for the same caller.</param>
    /// <param name="wanted">Units of each policy to take if all of them are left.</param>
    /// <param name="least">Units of each policy to take otherwise; none above what is wanted.</param>
    /// <returns>What was taken; null when nobody could be asked.</returns>
    ValueTask<QuotaLease?> TakeAsync(string caller, IReadOnlyList<RateLimitPolicy> policies, ReadOnlyMemory<long> wanted, ReadOnlyMemory<long> least);
}

/// <summary>Units taken of the quotas of a caller.</summary>
/// <param name="Units">Units of each policy: what was wanted, the least, or none.</param>
/// <param name="Decision">Whether at least the least was taken, and what is left to everybody.</param>
public sealed record QuotaLease(IReadOnlyList<long> Units, RateLimitDecision Decision);
