using Plumbline.ObjectStore.Tests;

namespace Plumbline.ObjectStore.Azure.Tests.Faults;

/// <summary>The contract where a blob of one type cannot become one of another, as it is with the service and not with the emulator.</summary>
public sealed class StrictTypeTests(Emulator emulator) : ObjectStoreConformance
{
    private FaultProxy _proxy = null!;

    protected override async Task<IObjectStore> CreateStoreAsync()
    {
        _proxy = await FaultProxy.StartAsync(emulator);
        _proxy.KeepsTypes = true;
        return await AzureObjectStore.OpenAsync(emulator.Options(port: _proxy.Port));
    }

    public override async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Put_OverWhatWasAppended_ReplacesItForAllReaders()
    {
        await Store.AppendAsync("log", Utf8("appended"), 0);
        var tag = (await Store.GetPropertiesAsync("log"))!.ETag;
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.PutAsync("log", Utf8("x"), PutCondition.Missing));
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.PutAsync("log", Utf8("x"), PutCondition.Matches("0x0")));
        var replaced = await Store.PutAsync("log", Utf8("put"), PutCondition.Matches(tag));
        Assert.Equal(replaced, (await Store.GetAsync("log"))!.ETag);
        Assert.Equal("put", await TextAsync("log"));
        Assert.Equal(6, await Store.AppendAsync("log", Utf8("!!!"), 3));
        await Store.PutAsync("log", Utf8("again"));
        Assert.Equal("again", await TextAsync("log"));
        var part = new byte[3];
        Assert.Equal(3, await Store.ReadAsync("log", 2, part));
        Assert.Equal("ain"u8.ToArray(), part);
        Assert.Equal(0, await Store.ReadAsync("log", 5, part));
        Assert.Equal(5, (await Store.GetPropertiesAsync("log"))!.Length);
    }

    /// <summary>A writer that dies between the steps of it leaves the old bytes, and the next owner goes on behind them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Put_OverWhatWasAppended_ThatEndsHalfway_LeavesTheOld(int steps)
    {
        await Store.AppendAsync("log", Utf8("old"), 0);
        var impatient = await AzureObjectStore.OpenAsync(emulator.Options(Container(), _proxy.Port) with { Patience = TimeSpan.Zero });
        var left = steps;
        _proxy.Choose = r => r.IsWrite && !r.IsPut && Interlocked.Decrement(ref left) < 0 ? Fault.Reset : Fault.None;
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await impatient.PutAsync("log", Utf8("new one")));
        _proxy.Choose = _ => Fault.None;
        Assert.Equal("old", await TextAsync("log"));
        Assert.Equal(3, (await Store.GetPropertiesAsync("log"))!.Length);
        Assert.Equal(4, await Store.AppendAsync("log", Utf8("!"), 3));
        Assert.Equal("old!", await TextAsync("log"));
    }

    private string Container() => _proxy.Seen.First().Target.Split('/', '?')[2];
}
