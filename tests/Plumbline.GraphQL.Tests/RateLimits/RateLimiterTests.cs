using Microsoft.AspNetCore.Http;
using Plumbline.GraphQL.RateLimits;
using Plumbline.Testing;

namespace Plumbline.GraphQL.Tests.RateLimits;

public sealed class RateLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly RateLimitPolicy[] Policies = [new("requests", 6, Minute), new("cost", 1_000, Minute)];

    private readonly ManualTimeProvider _clock = new();

    private RateLimiter Limiter(int maxCallers = 100) => new(_clock, maxCallers);

    [Fact]
    public void Charge_WithinTheQuota_SaysWhatIsLeft()
    {
        var decision = Limiter().Charge("key", Policies, [1, 250]);
        Assert.True(decision.IsAdmitted);
        Assert.Equal([(5L, TimeSpan.FromSeconds(10)), (750L, TimeSpan.FromSeconds(15))], decision.States.Select(s => (s.Remaining, s.FullIn)));
    }

    [Fact]
    public void Charge_QuotaUsedUp_RefusesUntilEnoughIsBack()
    {
        var limiter = Limiter();
        for (var i = 0; i < 6; i++) Assert.True(limiter.Charge("key", Policies, [1, 1]).IsAdmitted);
        var refused = limiter.Charge("key", Policies, [1, 1]);
        Assert.Equal((false, TimeSpan.FromSeconds(10)), (refused.IsAdmitted, refused.RetryAfter));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(limiter.Charge("key", Policies, [1, 1]).IsAdmitted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limiter.Charge("key", Policies, [1, 1]).IsAdmitted);
        Assert.False(limiter.Charge("key", Policies, [1, 1]).IsAdmitted);
    }

    [Fact]
    public void Charge_Refused_ChargesNoPolicy()
    {
        var limiter = Limiter();
        limiter.Charge("key", Policies, [1, 900]);
        var refused = limiter.Charge("key", Policies, [1, 200]);
        Assert.Equal((false, TimeSpan.FromSeconds(6)), (refused.IsAdmitted, refused.RetryAfter));
        Assert.Equal([5L, 100L], refused.States.Select(s => s.Remaining));
    }

    [Fact]
    public void Charge_MoreThanTheWholeQuota_PassesOnlyWhenNothingWasUsed()
    {
        var limiter = Limiter();
        Assert.True(limiter.Charge("key", Policies, [1, 50_000]).IsAdmitted);
        Assert.Equal(Minute, limiter.Charge("key", Policies, [1, 50_000]).RetryAfter);
        _clock.Advance(Minute);
        Assert.True(limiter.Charge("key", Policies, [1, 50_000]).IsAdmitted);
    }

    [Fact]
    public void Charge_Callers_DoNotUseEachOthersQuota()
    {
        var limiter = Limiter();
        for (var i = 0; i < 6; i++) limiter.Charge("one", Policies, [1, 1]);
        Assert.False(limiter.Charge("one", Policies, [1, 1]).IsAdmitted);
        Assert.True(limiter.Charge("two", Policies, [1, 1]).IsAdmitted);
    }

    [Fact]
    public void Charge_MoreCallersThanRemembered_ShareOneQuotaAndMemoryStaysBounded()
    {
        var limiter = Limiter(maxCallers: 50);
        for (var i = 0; i < 50; i++) Assert.True(limiter.Charge($"known {i}", Policies, [1, 1]).IsAdmitted);
        var admitted = Enumerable.Range(0, 1_000).Count(i => limiter.Charge($"new {i}", Policies, [1, 1]).IsAdmitted);
        Assert.Equal((6, 50), (admitted, limiter.Count));
        Assert.True(limiter.Charge("known 7", Policies, [1, 1]).IsAdmitted);
    }

    [Fact]
    public void Charge_CallersWithWholeQuotas_AreForgotten()
    {
        var limiter = Limiter(maxCallers: 50);
        for (var i = 0; i < 50; i++) limiter.Charge($"early {i}", Policies, [1, 1]);
        _clock.Advance(Minute);
        Assert.True(limiter.Charge("late", Policies, [1, 1]).IsAdmitted);
        Assert.Equal(1, limiter.Count);
    }

    [Fact]
    public async Task Charge_ManyAtOnce_AdmitsExactlyTheQuota()
    {
        var limiter = Limiter();
        var policies = new[] { new RateLimitPolicy("requests", 1_000, Minute) };
        var admitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => Enumerable.Range(0, 500).Count(_ => limiter.Charge("key", policies, [1]).IsAdmitted))));
        Assert.Equal(1_000, admitted.Sum());
    }

    [Fact]
    public void Headers_OfARefusal_AreTheStandardOnes()
    {
        var limiter = Limiter();
        limiter.Charge("key", Policies, [1, 900]);
        var headers = new HeaderDictionary();
        RateLimitHeaders.Write(headers, limiter.Charge("key", Policies, [1, 105]));
        Assert.Equal("\"requests\";q=6;w=60, \"cost\";q=1000;w=60", headers["RateLimit-Policy"]);
        Assert.Equal("\"requests\";r=5;t=10, \"cost\";r=100;t=54", headers["RateLimit"]);
        Assert.Equal("1", headers["Retry-After"]);
    }
}
