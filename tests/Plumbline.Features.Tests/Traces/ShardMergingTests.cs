using Microsoft.Extensions.DependencyInjection;
using Plumbline.Features.Traces;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Shards;

namespace Plumbline.Features.Tests.Traces;

/// <summary>A project in two shards answers like one in a single shard.</summary>
public sealed class ShardMergingTests(SharedProduct oneShard, ShardMergingTests.TwoShards twoShards)
    : IClassFixture<ShardMergingTests.TwoShards>, IAsyncLifetime
{
    private static readonly int[] Numbers = [.. Enumerable.Range(1, 9)];
    private TracesHost _one = null!;
    private TracesHost _two = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await TracesHost.OnAsync(oneShard);
        _two = await TracesHost.OnAsync(twoShards);
        await _one.SendAsync(Numbers);
        Assert.Equal(9, (await _two.SendAsync(Numbers)).Accepted);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Traces_LieInBothShards()
    {
        var counts = await Task.WhenAll(_two.Product.Get<ShardMap>().All(_two.Tenant.Key).Select(async s =>
            (await s.TracesAsync(new() { Scope = new(), First = 100 }, default)).Items.Length));
        Assert.Equal([4, 5], counts.Order());
    }

    [Theory]
    [InlineData(TraceOrderField.StartTime, OrderDirection.Desc)]
    [InlineData(TraceOrderField.StartTime, OrderDirection.Asc)]
    [InlineData(TraceOrderField.Duration, OrderDirection.Desc)]
    [InlineData(TraceOrderField.Duration, OrderDirection.Asc)]
    public async Task Pages_FollowTheOrder_AndCountAll(TraceOrderField field, OrderDirection direction)
    {
        var names = new List<string>();
        string? after = null;
        for (var more = true; more;)
        {
            var page = await _two.Reader.TracesAsync(
                _two.Tenant.Key, new() { Scope = new(), Order = new(field, direction), First = 2, After = after, WantTotalCount = true },
                default);
            Assert.Equal(9, page.TotalCount);
            names.AddRange(page.Items.Select(t => t.Name));
            (more, after) = (page.HasNextPage, page.Cursors[^1]);
        }
        var expected = Numbers.Select(n => $"chat {n}");
        Assert.Equal(direction == OrderDirection.Asc ? expected : expected.Reverse(), names);
    }

    [Fact]
    public async Task Spans_AreThoseOfOneShard()
    {
        async Task<string[]> Names(TracesHost host) =>
            [.. (await host.Reader.SpansAsync(host.Tenant.Key, new() { First = 4 }, default)).Items.Select(s => s.Name)];
        Assert.Equal(await Names(_one), await Names(_two));
    }

    [Fact]
    public async Task Sessions_AcrossShards_AreOne()
    {
        async Task<(string, int, long, long)[]> Sessions(TracesHost host) =>
            [.. (await host.Reader.SessionsAsync(host.Tenant.Key, new() { Scope = new(), First = 10 }, default)).Items.Select(s =>
                (s.SessionId, s.TraceCount, s.FirstSeenUnixNano, s.LastSeenUnixNano))];
        var two = await Sessions(_two);
        Assert.Equal(await Sessions(_one), two);
        Assert.Equal([("visit-1", 5), ("visit-0", 4)], two.Select(s => (s.Item1, s.Item2)));
    }

    [Fact]
    public async Task FacetsAndStats_AddUp()
    {
        async Task<FacetValue[]> Facets(TracesHost host) =>
            [.. await host.Reader.FacetsAsync(host.Tenant.Key, new() { Field = FacetField.Session, Range = host.Day, First = 10 }, default)];
        Assert.Equal(await Facets(_one), await Facets(_two));

        async Task<(string, long, long, double)[]> Stats(TracesHost host) =>
            [.. (await host.Reader.StatsAsync(host.Tenant.Key, new() { Range = host.Day, GroupBy = new[] { FacetField.Session } }, default)).Select(p =>
                (p.Group[0], p.Spans, p.Traces, p.Duration.Sum)).Order()];
        Assert.Equal(await Stats(_one), await Stats(_two));
    }

    /// <summary>The product with two shards for each project.</summary>
    public sealed class TwoShards : ProductFixture
    {
        private protected override void Configure(IServiceCollection services) => services.Configure<TracesOptions>(o => o.ShardsPerProject = 2);
    }
}
