using System.Collections.Concurrent;

namespace Plumbline.GraphQL.RateLimits;

/// <summary>
/// Limits by caller where several processes serve the same callers. Each takes a part of a quota at a time and spends it without asking, so the
/// processes together never admit more than one would; a caller may be refused while a process still holds a part that it has not spent.
/// While the quotas cannot be asked, each process limits by itself.
/// </summary>
/// <param name="shared">Keeps the quotas.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="maxCallers">Callers of whom a part is held at once. Of others the quotas are asked each time.</param>
public sealed class LeasedRateLimiter(ISharedQuotas shared, TimeProvider clock, int maxCallers) : IRateLimiter
{
    /// <summary>A part is the quota over this.</summary>
    private const int Parts = 20;

    private readonly ConcurrentDictionary<string, Purse> _purses = new(StringComparer.Ordinal);
    private readonly RateLimiter _alone = new(clock, maxCallers);

    /// <summary>Callers of whom a part is held or was held a moment ago.</summary>
    public int Count => _purses.Count;

    /// <inheritdoc/>
    public async ValueTask<RateLimitDecision> ChargeAsync(string caller, IReadOnlyList<RateLimitPolicy> policies, ReadOnlyMemory<long> amounts)
    {
        var purse = Find(caller);
        if (purse is null) return await AskAsync(new Purse(), caller, policies, amounts, parts: false);
        await purse.Turn.WaitAsync();
        try
        {
            return purse.Spend(policies, amounts.Span, clock.GetUtcNow()) ?? await AskAsync(purse, caller, policies, amounts, parts: true);
        }
        finally
        {
            purse.Turn.Release();
        }
    }

    private async ValueTask<RateLimitDecision> AskAsync(
        Purse purse, string caller, IReadOnlyList<RateLimitPolicy> policies, ReadOnlyMemory<long> amounts, bool parts)
    {
        var (wanted, least) = purse.Missing(policies, amounts.Span, parts ? Parts : int.MaxValue);
        if (await shared.TakeAsync(caller, policies, wanted, least) is not { } lease) return await _alone.ChargeAsync(caller, policies, amounts);
        if (!lease.Decision.IsAdmitted) return lease.Decision;
        purse.Add(policies, lease, clock.GetUtcNow());
        return purse.Spend(policies, amounts.Span, clock.GetUtcNow()) ?? lease.Decision;
    }

    private Purse? Find(string caller)
    {
        if (_purses.TryGetValue(caller, out var purse)) return purse;
        if (_purses.Count >= maxCallers) Forget();
        return _purses.Count >= maxCallers ? null : _purses.GetOrAdd(caller, static _ => new Purse());
    }

    // Whoever is just being served by a purse that goes loses what is in it: the quota was charged, and comes back with time.
    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (caller, purse) in _purses)
            if (purse.HeldUntil <= now) _purses.TryRemove(caller, out _);
    }

    /// <summary>What is held of one caller's quotas.</summary>
    private sealed class Purse
    {
        private long[] _units = [];
        private IReadOnlyList<RateLimitState> _left = [];

        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>Until when what is held may be spent: as long as it would take to come back.</summary>
        public DateTimeOffset HeldUntil { get; private set; }

        /// <summary>Spends what is held; null when it is not enough.</summary>
        public RateLimitDecision? Spend(IReadOnlyList<RateLimitPolicy> policies, ReadOnlySpan<long> amounts, DateTimeOffset now)
        {
            if (HeldUntil <= now || _units.Length != policies.Count) _units = new long[policies.Count];
            for (var i = 0; i < policies.Count; i++)
                if (_units[i] < Amount(policies, amounts, i)) return null;
            var states = new RateLimitState[policies.Count];
            for (var i = 0; i < policies.Count; i++)
            {
                _units[i] -= Amount(policies, amounts, i);
                var remaining = Math.Min(policies[i].Quota, _units[i] + (_left.Count > i ? _left[i].Remaining : 0));
                states[i] = new(policies[i], remaining, _left.Count > i ? _left[i].FullIn : TimeSpan.Zero);
            }
            return new RateLimitDecision(true, states, TimeSpan.Zero);
        }

        public (long[] Wanted, long[] Least) Missing(IReadOnlyList<RateLimitPolicy> policies, ReadOnlySpan<long> amounts, int parts)
        {
            var (wanted, least) = (new long[policies.Count], new long[policies.Count]);
            for (var i = 0; i < policies.Count; i++)
            {
                least[i] = Math.Max(0, Amount(policies, amounts, i) - (_units.Length > i ? _units[i] : 0));
                wanted[i] = Math.Max(least[i], policies[i].Quota / parts);
            }
            return (wanted, least);
        }

        public void Add(IReadOnlyList<RateLimitPolicy> policies, QuotaLease lease, DateTimeOffset now)
        {
            if (_units.Length != policies.Count) _units = new long[policies.Count];
            for (var i = 0; i < policies.Count; i++) _units[i] += lease.Units[i];
            (_left, HeldUntil) = (lease.Decision.States, now + policies.Min(p => p.Window));
        }

        private static long Amount(IReadOnlyList<RateLimitPolicy> policies, ReadOnlySpan<long> amounts, int i) => Math.Min(amounts[i], policies[i].Quota);
    }
}
