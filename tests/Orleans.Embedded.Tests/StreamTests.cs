using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class StreamTests
{
    private static string NewKey() => "p/" + Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Stream_OfManyItems_ArrivesWholeAndInOrder(int batch)
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var items = new List<int>();
        await foreach (var item in host.Grains.GetGrain<IProbeGrain>(key).Count(250).WithBatchSize(batch)) items.Add(item);
        Assert.Equal(Enumerable.Range(0, 250), items);
        Assert.Equal(1, Seen.Count(key, "finally"));
    }

    [Fact]
    public async Task Stream_Throws_ReadyItemsArriveFirst()
    {
        await using var host = await GrainHost.StartAsync();
        var items = new List<int>();
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in host.Grains.GetGrain<IProbeGrain>(NewKey()).Count(10, throwAt: 3)) items.Add(item);
        });
        Assert.Equal("at 3", thrown.Message);
        Assert.Equal([0, 1, 2], items);
    }

    [Fact]
    public async Task Stream_LeftEarly_RunsFinally()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        await foreach (var item in host.Grains.GetGrain<IProbeGrain>(key).Count(1000, gateAt3: key))
            if (item == 2) break;
        Assert.Equal("activate finally", Seen.Of(key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_Cancelled_ReleasesTheCallerAndRunsFinally(bool byWithCancellation)
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        using var cancellation = new CancellationTokenSource();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var stream = byWithCancellation ? probe.Count(1000, gateAt3: key) : probe.Count(1000, gateAt3: key, cancellationToken: cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in stream.WithCancellation(byWithCancellation ? cancellation.Token : default))
                if (item == 2) cancellation.CancelAfter(TimeSpan.FromMilliseconds(1));
        });
        await Seen.Until(key, "finally");
    }

    [Fact]
    public async Task Stream_GrainDeactivated_IsAborted()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        await Assert.ThrowsAsync<EnumerationAbortedException>(async () =>
        {
            await foreach (var item in probe.Count(1000, gateAt3: key))
                if (item == 2) await probe.Deactivate();
        });
        await probe.Answer();
        Assert.Equal("activate finally deactivate:ApplicationRequested deactivated dispose:grain-first activate", Seen.Of(key));
    }

    [Fact]
    public async Task Stream_BesidePlainCalls_HoldsUpNobody()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var running = probe.Work("a", key);
        await Seen.Until(key, "+a");
        var items = 0;
        await foreach (var item in probe.Count(5)) items++;
        Assert.Equal(5, items);
        Gate.Open(key);
        await running;
    }

    [Fact]
    public async Task Stream_Abandoned_IsClosedByTheCollector()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var reader = probe.Count(10).WithBatchSize(1).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        host.Silo.Collect(Environment.TickCount64 + (long)TimeSpan.FromHours(1).TotalMilliseconds);
        await Seen.Until(key, "finally");
        await Assert.ThrowsAsync<EnumerationAbortedException>(async () => await reader.MoveNextAsync());
        await reader.DisposeAsync();
    }
}
