using Microsoft.Extensions.DependencyInjection;
using Plumbline.Features.Traces;
using Plumbline.Features.Traces.Api;

namespace Plumbline.Features.Tests.Traces;

public sealed class SessionTraceTests(SessionTraceTests.TwoShards shared) : IClassFixture<SessionTraceTests.TwoShards>
{
    [Theory]
    [InlineData(100, 100)]
    [InlineData(5, 3)] // the two sessions do not fit a page, one of them by itself does not either
    [InlineData(7, 7)]
    [InlineData(12, 2)]
    public async Task Traces_OfSessionsAskedForTogether_AreTheOldestOfEachThatMayBeKnown(int pageSize, int mostTraces)
    {
        var host = await TracesHost.OnAsync(shared);
        using var limits = host.Product.Set<TracesOptions>(o => (o.MaxPageSize, o.MaxSessionTraces) = (pageSize, mostTraces));
        await host.SendAsync([.. Enumerable.Range(1, 12)]);
        var reviewer = await host.Product.AddMemberAsync(host.Tenant, Contracts.Access.Role.Sme);
        await host.BlindAsync(reviewer.UserId!, 2, 5);
        foreach (var (caller, hidden) in new[] { (host.Tenant.Owner, Array.Empty<int>()), (reviewer, [2, 5]) })
        {
            var loader = Loaders.Of<SessionTraceLoader>(host.Product.Services, caller);
            foreach (var session in new[] { 0, 1 })
            {
                var expected = Enumerable.Range(1, 12).Where(n => n % 2 == session && !hidden.Contains(n)).Take(mostTraces).Select(TracesHost.Id);
                var found = await loader.LoadAsync((host.Tenant.Key, $"visit-{session}"));
                Assert.Equal(expected, found!.Select(t => t.TraceId));
            }
        }
    }

    /// <summary>The product with two shards for each project.</summary>
    public sealed class TwoShards : ProductFixture
    {
        private protected override void Configure(IServiceCollection services) => services.Configure<TracesOptions>(o => o.ShardsPerProject = 2);
    }
}
