using System.Net;
using System.Net.Sockets;
using Plumbline.Testing;

namespace Plumbline.ObjectStore.Azure.Tests.Faults;

/// <summary>What passes is waited for, and what does not is said.</summary>
public sealed class UnavailableTests(Emulator emulator) : FaultTest(emulator)
{
    [Theory]
    [InlineData(Fault.Busy)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.Gibberish)]
    public async Task Everything_FailsTwice_Succeeds(Fault fault)
    {
        var left = 0;
        Proxy.Choose = _ => Interlocked.Increment(ref left) % 3 != 0 ? fault : Fault.None;
        var tag = await Store.PutAsync("doc", Utf8("1"), PutCondition.Missing);
        Assert.Equal(tag, (await Store.GetAsync("doc"))!.ETag);
        Assert.Equal(1, await Store.ReadAsync("doc", 0, new byte[4]));
        Assert.Equal(1, (await Store.GetPropertiesAsync("doc"))!.Length);
        Assert.Equal(2, await Store.AppendAsync("log", Utf8("ab"), 0));
        await foreach (var found in Store.ListAsync("d")) Assert.Equal("doc", found.Name);
        Assert.True(await Store.DeleteAsync("doc", tag));
    }

    [Fact]
    public async Task Busy_ForLong_IsUnavailable_AndNothingWasDone()
    {
        var store = await ImpatientAsync();
        await using var log = await store.OpenAppendAsync("log");
        Proxy.Choose = _ => Fault.Busy;
        foreach (var operation in new Func<Task>[]
        {
            async () => await store.PutAsync("doc", Utf8("1")), async () => await store.GetAsync("doc"), async () => await log.AppendAsync(Utf8("a")),
            async () => await store.DeleteAsync("log"), async () => await store.AppendAsync("log", Utf8("a"), null),
        })
        {
            var failure = await Assert.ThrowsAsync<StorageUnavailableException>(operation);
            Assert.Equal(StorageFault.Failed, failure.Fault);
            Assert.EndsWith("the storage service answered 503 ServerBusy.", failure.Message, StringComparison.Ordinal);
        }
        Proxy.Choose = _ => Fault.None;
        Assert.Equal(1, await log.AppendAsync(Utf8("b")));
        Assert.Equal((null, "b"), (await TextAsync("doc"), await TextAsync("log")));
    }

    [Fact]
    public async Task Silence_IsGivenUp_AndSaidToBeUncertain()
    {
        var clock = new ManualTimeProvider();
        var store = await AzureObjectStore.OpenAsync(Options with { Patience = TimeSpan.Zero, Clock = clock });
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Proxy.Choose = r =>
        {
            if (!r.IsWrite) return Fault.None;
            asked.TrySetResult();
            return Fault.Silence;
        };
        var putting = store.PutAsync("doc", Utf8("1")).AsTask();
        await asked.Task;
        clock.Advance(Options.AttemptTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(putting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => putting);
        Assert.Equal(StorageFault.Uncertain, failure.Fault);
        Assert.Contains("did not answer in time", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Attempts come after longer and longer pauses, until the caller's patience would end before the next.</summary>
    [Fact]
    public async Task Busy_IsTriedAgain_AsLongAsPatienceLasts()
    {
        var clock = new ManualTimeProvider();
        var store = await AzureObjectStore.OpenAsync(
            Options with { FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(4), Patience = TimeSpan.FromSeconds(20), Clock = clock });
        Proxy.ClearSeen();
        Proxy.Choose = _ => Fault.Busy;
        var begun = clock.GetUtcNow();
        var getting = store.GetAsync("doc").AsTask();
        await clock.AdvanceUntilAsync(getting, TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => getting);
        Assert.InRange(Proxy.Seen.Count, 6, 12); // at 0, then 1, 2, 4, 4… s, each shortened by up to a half
        Assert.InRange((clock.GetUtcNow() - begun).TotalSeconds, 15, 60);
    }

    /// <summary>Much takes long: 48 MiB may take twelve seconds more than a request without a body.</summary>
    [Fact]
    public async Task Get_LargeAndSlow_IsWaitedFor()
    {
        var clock = new ManualTimeProvider();
        var store = await AzureObjectStore.OpenAsync(Options with { Patience = TimeSpan.Zero, Clock = clock });
        var large = new byte[48 << 20];
        new Random(1).NextBytes(large);
        await Beside.PutAsync("large", large);
        Proxy.Choose = r => r.IsGet ? Fault.Halting : Fault.None;
        foreach (var read in new Func<Task>[]
        {
            async () => Assert.Equal(large, (await store.GetAsync("large"))!.Content),
            async () => Assert.Equal(large.Length, await store.ReadAsync("large", 0, new byte[large.Length])),
        })
        {
            Proxy.Halt();
            var reading = read();
            await Proxy.HasHaltedAsync();
            clock.Advance(Options.AttemptTimeout + TimeSpan.FromSeconds(11));
            Proxy.GoOn();
            await reading;
        }
    }

    [Fact]
    public async Task Silence_OfAReader_EndsWhenItIsCancelled()
    {
        Proxy.Choose = _ => Fault.Silence;
        using var cancel = new CancellationTokenSource();
        var reading = Store.GetAsync("doc", cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>An append whose answers are all lost fails; what it left is taken back by the next.</summary>
    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.ErrorAfterwards)]
    public async Task Append_ThatWasGivenUp_IsTakenBack(Fault fault)
    {
        await using var log = await (await ImpatientAsync()).OpenAppendAsync("log");
        await log.AppendAsync(Utf8("a"));
        Proxy.Choose = r => r.IsAppend ? fault : Fault.Reset; // nor can it be looked up what became of it
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await log.AppendAsync(Utf8("lost")));
        Assert.Equal((StorageFault.Uncertain, 1), (failure.Fault, log.Length));
        Assert.Equal("alost", await TextAsync("log"));
        Proxy.Choose = _ => Fault.None;
        Assert.Equal(2, await log.AppendAsync(Utf8("b")));
        Assert.Equal("ab", await TextAsync("log"));
        Assert.Equal(2, (await Beside.GetPropertiesAsync("log"))!.Length);
        await foreach (var found in Beside.ListAsync("log")) Assert.Equal(2, found.Length);
    }

    /// <summary>What is under way when an append is given up cannot land any more once the next one has.</summary>
    [Fact]
    public async Task Append_ThatArrivesLate_IsRefused()
    {
        await using var log = await (await ImpatientAsync()).OpenAppendAsync("log");
        await log.AppendAsync(Utf8("a"));
        Proxy.Choose = r => r.IsAppend ? Fault.Late : Fault.Reset;
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await log.AppendAsync(Utf8("late")));
        Proxy.Choose = _ => Fault.None;
        Assert.Equal(2, await log.AppendAsync(Utf8("b")));
        Assert.All(await Proxy.ReleaseAsync(), status => Assert.Equal(412, status));
        Assert.Equal(3, await log.AppendAsync(Utf8("c")));
        Assert.Equal("abc", await TextAsync("log"));
    }

    /// <summary>It lands after all, just before the next append marks the object.</summary>
    [Fact]
    public async Task Append_ThatArrivesWhileTheNextIsPrepared_IsTakenBack()
    {
        await using var log = await (await ImpatientAsync()).OpenAppendAsync("log");
        await log.AppendAsync(Utf8("a"));
        Proxy.Choose = r => r.IsAppend ? Fault.Late : Fault.Reset;
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await log.AppendAsync(Utf8("late")));
        IReadOnlyList<int> landed = [];
        Proxy.Choose = r =>
        {
            if (r.IsMark && landed.Count == 0) landed = Proxy.ReleaseAsync().GetAwaiter().GetResult();
            return Fault.None;
        };
        Assert.Equal(2, await log.AppendAsync(Utf8("b")));
        Assert.Equal(201, landed[0]);
        Assert.Equal("ab", await TextAsync("log"));
    }

    [Fact]
    public async Task Nobody_Listens_IsUnavailable()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound and not listening: nobody else gets the port
        var options = Emulator.Options(port: ((IPEndPoint)closed.LocalEndPoint!).Port) with { Patience = TimeSpan.Zero };
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => AzureObjectStore.OpenAsync(options));
        Assert.Equal(StorageFault.Failed, failure.Fault); // and not uncertain: nothing was sent
        Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A store that tries everything once.</summary>
    private Task<AzureObjectStore> ImpatientAsync() => AzureObjectStore.OpenAsync(Options with { Patience = TimeSpan.Zero });
}
