using System.Text;
using Orleans.Storage;
using Plumbline.Contracts;
using Plumbline.Features.Tests.Grains.Runtime;

namespace Plumbline.Features.Tests.Storage;

/// <summary>State of grains in the keyed grain storage, as Orleans hands it to them.</summary>
public sealed class GrainStateTests(SharedProduct shared) : IAsyncLifetime
{
    private readonly string _key = Guid.NewGuid().ToString("N");
    private ProductHost _host = null!;

    private ICounterGrain Counter => _host.Grains.GetGrain<ICounterGrain>(_key);

    private string RecordName => $"grainstate/count-test.counter/{_key}.json";

    public async ValueTask InitializeAsync() => _host = await shared.HostAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task State_Written_IsThereAfterReloadUntilItIsCleared()
    {
        Assert.Equal("etag=False exists=False", await Counter.Facts());
        Assert.Equal(3, await Counter.Add(3));
        await _host.ReloadAsync(Counter);
        Assert.Equal(3, await Counter.Get());
        Assert.Equal("etag=True exists=True", await Counter.Facts());
        await Counter.Clear();
        await _host.ReloadAsync(Counter);
        Assert.Equal(0, await Counter.Get());
        Assert.Null(await _host.Store.GetAsync(RecordName));
    }

    [Fact]
    public async Task State_ChangedByAnother_EndsTheActivationAndTheNextCallReadsAnew()
    {
        await Counter.Add(5);
        await ChangeBehindItsBackAsync(7);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Counter.Add(1));
        Assert.Equal(FailureCode.Unavailable, refused.Code);
        Assert.Equal(7, await Counter.Get());
        Assert.Matches("^activate:0 deactivate:[A-Za-z]+ activate:7$", Seen.Of(_key));
        Assert.Equal(8, await Counter.Add(1));
    }

    [Fact]
    public async Task State_ChangedByAnotherAndTheConflictSwallowed_StaysStale()
    {
        await Counter.Add(5);
        await ChangeBehindItsBackAsync(7);
        Assert.Equal("stale", await Counter.CatchStale());
        Assert.Equal(5, await Counter.Get());
        Assert.Equal("activate:0", Seen.Of(_key));
    }

    private async Task ChangeBehindItsBackAsync(int count) => await _host.Store.PutAsync(RecordName, [Encoding.UTF8.GetBytes($$"""{"Count":{{count}}}""")]);
}

[GenerateSerializer]
internal sealed record CountState
{
    [Id(0)] public int Count { get; init; }
}

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int by);

    Task<int> Get();

    Task<string> Facts();

    Task<string> CatchStale();

    Task Clear();
}

[GrainType("test.counter")]
internal sealed class CounterGrain([PersistentState("count", "grains")] IPersistentState<CountState> stored) : Grain, ICounterGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Seen.Add(this.GetPrimaryKeyString(), $"activate:{stored.State.Count}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Seen.Add(this.GetPrimaryKeyString(), $"deactivate:{reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task<int> Add(int by)
    {
        stored.State = new CountState { Count = stored.State.Count + by };
        await stored.WriteStateAsync();
        return stored.State.Count;
    }

    public Task<int> Get() => Task.FromResult(stored.State.Count);

    public Task<string> Facts() => Task.FromResult($"etag={stored.Etag is not null} exists={stored.RecordExists}");

    public async Task<string> CatchStale()
    {
        try
        {
            await stored.WriteStateAsync();
            return "written";
        }
        catch (InconsistentStateException)
        {
            return "stale";
        }
    }

    public Task Clear() => stored.ClearStateAsync();
}
