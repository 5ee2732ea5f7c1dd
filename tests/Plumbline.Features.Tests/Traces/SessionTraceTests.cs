using Plumbline.Features.Traces.Api;

namespace Plumbline.Features.Tests.Traces;

public sealed class SessionTraceTests
{
    [Theory]
    [InlineData(100, 100)]
    [InlineData(5, 3)] // the two sessions do not fit a page, one of them by itself does not either
    [InlineData(7, 7)]
    [InlineData(12, 2)]
    public async Task Traces_OfSessionsAskedForTogether_AreTheOldestOfEachThatMayBeKnown(int pageSize, int mostTraces)
    {
        await using var host = await TracesHost.StartAsync(o => (o.MaxPageSize, o.MaxSessionTraces, o.ShardsPerProject) = (pageSize, mostTraces, 2));
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
}
