using System.Collections.Immutable;
using Plumbline.Contracts.Access;
using Plumbline.GraphQL.RateLimits;

namespace Plumbline.Features.Access.Grains;

/// <inheritdoc cref="IQuotaGrain"/>
/// <remarks>Nothing is stored: whoever makes the grain's server fail has a new quota.</remarks>
[GrainType("quota"), CollectionAgeLimit(Minutes = 2)]
internal sealed class QuotaGrain(TimeProvider clock) : Grain, IQuotaGrain
{
    private readonly RateLimiter _limiter = new(clock, maxCallers: 1);

    public Task<QuotaAnswer> TakeAsync(ImmutableArray<QuotaAsk> asked)
    {
        var policies = asked.Select((a, i) => new RateLimitPolicy($"{i}", a.Quota, a.Window)).ToArray();
        var all = Charge(policies, [.. asked.Select(a => a.Wanted)]);
        var decision = all.IsAdmitted ? all : Charge(policies, [.. asked.Select(a => a.Least)]);
        return Task.FromResult(new QuotaAnswer(
            decision.IsAdmitted, all.IsAdmitted, [.. decision.States.Select(s => s.Remaining)], [.. decision.States.Select(s => s.FullIn)],
            decision.RetryAfter));
    }

    private RateLimitDecision Charge(RateLimitPolicy[] policies, long[] amounts) => _limiter.Charge("", policies, amounts);
}
