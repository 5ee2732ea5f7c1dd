using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Whoever watches the traces of a project goes on doing so when a shard is opened elsewhere, and misses none.</summary>
public sealed class WatchingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Shard_ThatMoves_IsWatchedOn_AndWhatCameMeanwhileIsTold(int shards)
    {
        await using var host = await TracesHost.StartAsync(o => o.ShardsPerProject = shards);
        using var leaving = new CancellationTokenSource();
        var seen = host.Reader.WatchAsync(host.Tenant.Key, null, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var next = seen.MoveNextAsync().AsTask();
        for (var sent = 1; !next.IsCompleted; sent += shards)
        {
            await host.SendAsync(sent);
            await MoveOnAsync(host);
        }
        await next;
        var shard = host.Product.Grains.GetGrain<ITraceShardGrain>(host.Tenant.Key.Child($"{1000 % shards}"));
        next = seen.MoveNextAsync().AsTask();
        await TestSilo.ReloadAsync(shard);
        await host.SendAsync(1000);
        while (true)
        {
            while (!next.IsCompleted) await MoveOnAsync(host);
            Assert.True(await next);
            if (seen.Current.TraceId == TracesHost.Id(1000)) break;
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
