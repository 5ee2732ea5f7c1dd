using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.Tests;

public sealed class StateTests
{
    private readonly FailingStorage _storage = new();

    private static string NewKey() => "p/" + Guid.NewGuid().ToString("N")[..8];

    private Task<GrainHost> StartAsync() => GrainHost.StartAsync(strict: true, silo => silo.Services.AddKeyedSingleton<IGrainStorage>("grains", _storage));

    [Fact]
    public async Task State_Written_IsThereAfterReload()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>(NewKey());
        Assert.Equal("test.counter/" + grain.GetPrimaryKeyString() + " etag=False exists=False other=null", await grain.Facts());
        Assert.Equal(3, await grain.Add(3));
        await grain.Deactivate();
        Assert.Equal(3, await grain.Get());
        Assert.Contains("etag=True exists=True", await grain.Facts());
        await grain.Clear();
        await grain.Deactivate();
        Assert.Equal(0, await grain.Get());
    }

    [Fact]
    public async Task State_OutsideTheTurn_IsRefused()
    {
        await using var host = await StartAsync();
        Assert.Equal("refused", await host.Grains.GetGrain<ICounterGrain>(NewKey()).Outside());
    }

    [Fact]
    public async Task Writes_AskedForTogether_BecomeOne()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>(NewKey());
        Assert.Equal(3, await grain.WriteThrice());
        Assert.Equal(1, _storage.Writes);
        await grain.Deactivate();
        Assert.Equal(3, await grain.Get());
        await grain.Add(1);
        Assert.Equal(2, _storage.Writes);
    }

    [Fact]
    public async Task Storage_Fails_CallerGetsOrleansExceptionAndTheGrainLives()
    {
        await using var host = await StartAsync();
        var key = NewKey();
        var grain = host.Grains.GetGrain<ICounterGrain>(key);
        _storage.FailNext = new IOException("disk");
        var thrown = await Assert.ThrowsAsync<OrleansException>(() => grain.Add(1));
        Assert.IsType<IOException>(thrown.InnerException);
        Assert.Equal(1, await grain.Get());
        Assert.Equal("activate:0", Seen.Of(key));
    }

    [Fact]
    public async Task InconsistentState_LeavesTheCall_GrainIsReloaded()
    {
        await using var host = await StartAsync();
        var key = NewKey();
        var grain = host.Grains.GetGrain<ICounterGrain>(key);
        await grain.Add(5);
        _storage.FailNext = new InconsistentStateException("stale", "a", "b");
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Add(1));
        Assert.Equal(5, await grain.Get());
        Assert.Equal("activate:0 deactivate:ApplicationError activate:5", Seen.Of(key));
    }

    [Fact]
    public async Task InconsistentState_Caught_GrainLivesOn()
    {
        await using var host = await StartAsync();
        var key = NewKey();
        _storage.FailNext = new InconsistentStateException("stale", "a", "b");
        Assert.Equal("stale", await host.Grains.GetGrain<ICounterGrain>(key).CatchStale());
        Assert.Equal("activate:0", Seen.Of(key));
    }

    [Fact]
    public async Task MemoryStorage_WriteWithAnOldETag_IsRefused()
    {
        var storage = new MemoryGrainStorage();
        var id = GrainId.Create("t", "k");
        var (first, second) = (new GrainState<CountState>(new()), new GrainState<CountState>(new()));
        await storage.WriteStateAsync("s", id, first);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("s", id, second));
        await storage.ReadStateAsync("s", id, second);
        await storage.WriteStateAsync("s", id, second);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("s", id, first));
        await storage.ClearStateAsync("s", id, second);
        Assert.False(second.RecordExists);
    }

    private sealed class FailingStorage : IGrainStorage
    {
        private readonly MemoryGrainStorage _inner = new();

        public Exception? FailNext { get; set; }

        public int Writes { get; private set; }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => _inner.ReadStateAsync(stateName, grainId, grainState);

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await Task.Yield();
            if (FailNext is { } failure)
            {
                FailNext = null;
                throw failure;
            }
            Writes++;
            await _inner.WriteStateAsync(stateName, grainId, grainState);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => _inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
