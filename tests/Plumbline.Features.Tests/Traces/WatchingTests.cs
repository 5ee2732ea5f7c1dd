using Plumbline.Features.Traces.Grains;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Whoever watches the traces of a project goes on doing so when a shard is opened elsewhere, and misses none.</summary>
public sealed class WatchingTests
{
    private const int Meanwhile = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Shard_ThatMoves_IsWatchedOn_AndWhatCameMeanwhileIsTold(int shards)
    {
        await using var host = await TracesHost.StartAsync(o => o.ShardsPerProject = shards);
        using var leaving = new CancellationTokenSource(Patience);
        var seen = host.Reader.WatchAsync(host.Tenant.Key, null, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var next = seen.MoveNextAsync().AsTask();
        for (var sent = 1; !next.IsCompleted; sent++)
        {
            await host.SendHealthyAsync([.. Enumerable.Range(1, shards)], $"attempt.{sent}"); // the same span, and changed each time
            await MoveOnAsync(host);
        }
        Assert.True(await next);
        next = seen.MoveNextAsync().AsTask();
        await TestSilo.ReloadAsync(host.Product.Grains.GetGrain<ITraceShardGrain>(host.Tenant.Key.Child($"{Meanwhile % shards}")));
        Assert.Equal(1, (await host.SendAsync(Meanwhile)).Accepted);
        while (true)
        {
            while (!next.IsCompleted) await MoveOnAsync(host);
            Assert.True(await next);
            if (seen.Current.TraceId == TracesHost.Id(Meanwhile)) break;
            next = seen.MoveNextAsync().AsTask();
        }
        await leaving.CancelAsync();
        await seen.DisposeAsync();
    }

    // A watcher waits for the clock alone: between two looks of a shard, and before it opens a stream again.
    private static async Task MoveOnAsync(TracesHost host)
    {
        host.Product.Clock.Advance(TimeSpan.FromMilliseconds(200));
        await Task.Delay(5);
    }
}
