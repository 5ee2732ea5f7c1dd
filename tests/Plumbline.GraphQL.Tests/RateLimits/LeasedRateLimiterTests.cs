using FsCheck;
using FsCheck.Fluent;
using Plumbline.GraphQL.RateLimits;
using Plumbline.Testing;

namespace Plumbline.GraphQL.Tests.RateLimits;

public sealed class LeasedRateLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly RateLimitPolicy[] Policies = [new("requests", 60, Minute), new("cost", 1_000, Minute)];

    private readonly ManualTimeProvider _clock = new();
    private readonly Quotas _quotas;

    public LeasedRateLimiterTests() => _quotas = new Quotas(_clock);

    private LeasedRateLimiter Node(int maxCallers = 100) => new(_quotas, _clock, maxCallers);

    [Fact]
    public async Task Nodes_TogetherAdmitOneQuota()
    {
        LeasedRateLimiter[] nodes = [Node(), Node(), Node()];
        var admitted = 0;
        for (var i = 0; i < 300; i++)
            if ((await nodes[i % 3].ChargeAsync("key", Policies, new long[] { 1, 1 })).IsAdmitted) admitted++;
        Assert.Equal(60, admitted);
    }

    [Fact]
    public async Task APart_IsSpentWithoutAsking()
    {
        var node = Node();
        for (var i = 0; i < 60; i++) Assert.True((await node.ChargeAsync("key", Policies, new long[] { 1, 1 })).IsAdmitted);
        Assert.Equal(20, _quotas.Asked);
    }

    [Fact]
    public async Task QuotaUsedUp_SaysWhenToComeBack()
    {
        var node = Node();
        for (var i = 0; i < 60; i++) await node.ChargeAsync("key", Policies, new long[] { 1, 1 });
        var refused = await node.ChargeAsync("key", Policies, new long[] { 1, 1 });
        Assert.Equal((false, TimeSpan.FromSeconds(1)), (refused.IsAdmitted, refused.RetryAfter));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await node.ChargeAsync("key", Policies, new long[] { 1, 1 })).IsAdmitted);
    }

    [Fact]
    public async Task WhatIsLeft_CountsWhatIsHeldHere()
    {
        var node = Node();
        Assert.Equal([59L, 999L], (await node.ChargeAsync("key", Policies, new long[] { 1, 1 })).States.Select(s => s.Remaining));
        Assert.Equal([58L, 998L], (await node.ChargeAsync("key", Policies, new long[] { 1, 1 })).States.Select(s => s.Remaining));
    }

    [Fact]
    public async Task APartThatIsNotSpent_IsGoneAfterTheWindow()
    {
        var node = Node();
        await node.ChargeAsync("key", Policies, new long[] { 1, 1 });
        _clock.Advance(Minute);
        await node.ChargeAsync("key", Policies, new long[] { 1, 1 });
        Assert.Equal(2, _quotas.Asked);
    }

    [Fact]
    public async Task MoreThanTheWholeQuota_PassesOnlyWhenNothingWasUsed()
    {
        Assert.True((await Node().ChargeAsync("key", Policies, new long[] { 1, 50_000 })).IsAdmitted);
        Assert.False((await Node().ChargeAsync("key", Policies, new long[] { 1, 1 })).IsAdmitted);
    }

    [Fact]
    public async Task QuotasThatCannotBeAsked_LeaveEachNodeToItself()
    {
        _quotas.Fails = true;
        LeasedRateLimiter[] nodes = [Node(), Node()];
        var admitted = 0;
        for (var i = 0; i < 300; i++)
            if ((await nodes[i % 2].ChargeAsync("key", Policies, new long[] { 1, 1 })).IsAdmitted) admitted++;
        Assert.Equal(120, admitted);
    }

    [Fact]
    public async Task CallersBeyondTheBound_AreCountedToo()
    {
        var node = Node(maxCallers: 1);
        await node.ChargeAsync("first", Policies, new long[] { 1, 1 });
        var admitted = 0;
        for (var i = 0; i < 100; i++)
            if ((await node.ChargeAsync("second", Policies, new long[] { 1, 1 })).IsAdmitted) admitted++;
        Assert.Equal((60, 1), (admitted, node.Count));
        _clock.Advance(Minute);
        await node.ChargeAsync("third", Policies, new long[] { 1, 1 });
        Assert.Equal(1, node.Count);
    }

    [Fact]
    public async Task RequestsAtOnce_TakeOnePartAtATime()
    {
        var node = Node();
        _quotas.Pause = Task.Delay(20);
        var decisions = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(_ => Task.Run(async () => await node.ChargeAsync("key", Policies, new long[] { 1, 1 }))));
        Assert.All(decisions, d => Assert.True(d.IsAdmitted));
    }

    /// <summary>In whatever order nodes ask for whatever amounts, no more is admitted than one quota and what came back in the time.</summary>
    [Fact]
    public void Nodes_InAnyOrder_NeverAdmitMoreThanTheQuotaAllows() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ListOf(Gen.Zip(Gen.Choose(0, 2), Gen.Zip(Gen.Choose(0, 1_200), Gen.Choose(0, 5_000)))).ToArbitrary(), async asks =>
        {
            var clock = new ManualTimeProvider();
            var quotas = new Quotas(clock);
            LeasedRateLimiter[] nodes = [new(quotas, clock, 100), new(quotas, clock, 100), new(quotas, clock, 1)];
            var (admitted, waited) = (0L, TimeSpan.Zero);
            foreach (var (node, (amount, wait)) in asks)
            {
                clock.Advance(TimeSpan.FromMilliseconds(wait));
                waited += TimeSpan.FromMilliseconds(wait);
                var decision = await nodes[node].ChargeAsync("key", Policies, new[] { 1L, amount });
                if (decision.IsAdmitted) admitted += Math.Min(1_000, amount);
            }
            return admitted <= 1_000 + (1_000 * (waited / Minute));
        }));

    /// <summary>One limiter that all nodes ask.</summary>
    private sealed class Quotas(TimeProvider clock) : ISharedQuotas
    {
        private readonly RateLimiter _one = new(clock, 100);

        public int Asked { get; private set; }

        public bool Fails { get; set; }

        public Task Pause { get; set; } = Task.CompletedTask;

        public async ValueTask<QuotaLease?> TakeAsync(
            string caller, IReadOnlyList<RateLimitPolicy> policies, ReadOnlyMemory<long> wanted, ReadOnlyMemory<long> least)
        {
            Asked++;
            await Pause;
            if (Fails) return null;
            var all = _one.Charge(caller, policies, wanted.Span);
            var decision = all.IsAdmitted ? all : _one.Charge(caller, policies, least.Span);
            return new QuotaLease((decision.IsAdmitted ? all.IsAdmitted ? wanted : least : new long[policies.Count]).ToArray(), decision);
        }
    }
}
