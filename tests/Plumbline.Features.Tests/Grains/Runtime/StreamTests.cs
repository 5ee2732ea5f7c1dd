namespace Plumbline.Features.Tests.Grains.Runtime;

/// <summary>Streams that grains give: what watches a queue, a run or traces.</summary>
public sealed class StreamTests(SharedProduct shared)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Stream_OfManyItems_ArrivesWholeAndInOrder(int batch)
    {
        var probe = await ProbeAsync();
        Assert.Equal(Enumerable.Range(0, 250), await probe.Count(250).WithBatchSize(batch).ToListAsync());
        await Seen.Until(_key, "finally");
    }

    [Fact]
    public async Task Stream_Throws_ReadyItemsArriveFirst()
    {
        var items = new List<int>();
        var probe = await ProbeAsync();
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in probe.Count(10, throwAt: 3)) items.Add(item);
        });
        Assert.Equal("at 3", thrown.Message);
        Assert.Equal([0, 1, 2], items);
    }

    [Fact]
    public async Task Stream_LeftEarly_EndsInTheGrain()
    {
        await foreach (var item in (await ProbeAsync()).Count(1000, gateAt3: _key))
            if (item == 2) break;
        await Seen.Until(_key, "finally");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_Cancelled_ReleasesTheCallerAndEndsInTheGrain(bool byWithCancellation)
    {
        using var cancellation = new CancellationTokenSource();
        var probe = await ProbeAsync();
        var stream = byWithCancellation ? probe.Count(1000, gateAt3: _key) : probe.Count(1000, gateAt3: _key, cancellationToken: cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in stream.WithCancellation(byWithCancellation ? cancellation.Token : default))
                if (item == 2) cancellation.CancelAfter(TimeSpan.FromMilliseconds(1));
        });
        await Seen.Until(_key, "finally");
    }

    [Fact]
    public async Task Stream_GrainDeactivated_IsAborted()
    {
        var probe = await ProbeAsync();
        await Assert.ThrowsAsync<EnumerationAbortedException>(async () =>
        {
            await foreach (var item in probe.Count(1000, gateAt3: _key))
                if (item == 2) await probe.Deactivate();
        });
        await Seen.Until(_key, "finally");
    }

    [Fact]
    public async Task Stream_BesidePlainCalls_HoldsUpNobodyAndIsNotHeldUp()
    {
        var probe = await ProbeAsync();
        var running = probe.Work("a", _key);
        await Seen.Until(_key, "+a");
        await using var open = probe.Count(10, gateAt3: "never " + _key).GetAsyncEnumerator();
        Assert.True(await open.MoveNextAsync());
        Assert.Equal(5, await probe.Count(5).CountAsync());
        Gate.Open(_key);
        await running;
        Assert.Equal(42, await probe.Answer());
    }

    private async Task<IProbeGrain> ProbeAsync() => (await shared.HostAsync()).Grains.GetGrain<IProbeGrain>(_key);
}
