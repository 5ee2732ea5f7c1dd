using System.Collections.Concurrent;

namespace Plumbline.GraphQL.RateLimits;

/// <summary>
/// Limits by caller, with the generic cell rate algorithm (ITU-T I.371): all that is kept of a caller is the time at which each quota is whole again.
/// A caller whose quotas are whole is forgotten, so memory grows with the callers that were active in the last window, up to a bound.
/// </summary>
/// <param name="clock">Tells the time.</param>
/// <param name="maxCallers">Callers remembered at once. Beyond it, those that are new share one set of quotas until others are forgotten.</param>
public sealed class RateLimiter(TimeProvider clock, int maxCallers) : IRateLimiter
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Usage> _callers = new(StringComparer.Ordinal);
    private readonly Usage _others = new();
    private readonly Lock _sweeping = new();
    private long _sweptAt = long.MinValue;

    /// <summary>Callers remembered now.</summary>
    public int Count => _callers.Count;

    /// <inheritdoc cref="IRateLimiter.ChargeAsync"/>
    public RateLimitDecision Charge(string caller, IReadOnlyList<RateLimitPolicy> policies, ReadOnlySpan<long> amounts)
    {
        var now = clock.GetUtcNow().UtcTicks;
        while (true)
        {
            var usage = Find(caller, now);
            lock (usage)
            {
                if (!usage.IsForgotten) return Charge(usage, policies, amounts, now);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitDecision> ChargeAsync(string caller, IReadOnlyList<RateLimitPolicy> policies, ReadOnlyMemory<long> amounts) =>
        ValueTask.FromResult(Charge(caller, policies, amounts.Span));

    private static RateLimitDecision Charge(Usage usage, IReadOnlyList<RateLimitPolicy> policies, ReadOnlySpan<long> amounts, long now)
    {
        if (usage.WholeAt.Length != policies.Count) usage.WholeAt = new long[policies.Count];
        var wait = 0L;
        for (var i = 0; i < policies.Count; i++)
            wait = Math.Max(wait, Math.Max(usage.WholeAt[i], now) + Ticks(policies[i], amounts[i]) - now - policies[i].Window.Ticks);
        var states = new RateLimitState[policies.Count];
        for (var i = 0; i < policies.Count; i++)
        {
            if (wait <= 0) usage.WholeAt[i] = Math.Max(usage.WholeAt[i], now) + Ticks(policies[i], amounts[i]);
            states[i] = State(policies[i], Math.Max(0, usage.WholeAt[i] - now));
        }
        return new RateLimitDecision(wait <= 0, states, TimeSpan.FromTicks(Math.Max(0, wait)));
    }

    private static long Ticks(RateLimitPolicy policy, long amount) => (long)((Int128)Math.Min(amount, policy.Quota) * policy.Window.Ticks / policy.Quota);

    private static RateLimitState State(RateLimitPolicy policy, long used) =>
        new(policy, Math.Max(0, (long)((Int128)(policy.Window.Ticks - used) * policy.Quota / policy.Window.Ticks)), TimeSpan.FromTicks(used));

    private Usage Find(string caller, long now)
    {
        if (_callers.TryGetValue(caller, out var usage)) return usage;
        if (_callers.Count >= maxCallers) Sweep(now);
        return _callers.Count >= maxCallers ? _others : _callers.GetOrAdd(caller, static _ => new Usage());
    }

    private void Sweep(long now)
    {
        lock (_sweeping)
        {
            if (now - SweepEvery.Ticks < _sweptAt) return;
            _sweptAt = now;
            foreach (var (caller, usage) in _callers)
            {
                lock (usage)
                {
                    if (Array.Exists(usage.WholeAt, at => at > now)) continue;
                    usage.IsForgotten = true;
                    _callers.TryRemove(caller, out _);
                }
            }
        }
    }

    private sealed class Usage
    {
        public long[] WholeAt = [];
        public bool IsForgotten;
    }
}
