using Plumbline.ObjectStore.Azure.Tests.Faults;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.ObjectStore.Azure.Tests.Appends;

public sealed class AppendTests(Emulator emulator) : FaultTest(emulator)
{
    protected override AzureObjectStoreOptions Adjust(AzureObjectStoreOptions options) => options with { NearlyFullBlocks = 3, BatchBytes = 4096 };

    [Fact]
    public async Task Append_WhileOneIsUnderWay_GoesTogetherWithTheNext()
    {
        await using var log = await Store.OpenAppendAsync("log");
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Proxy.Before = (r => r.IsAppend, () =>
        {
            first.SetResult();
            return go.Task;
        }
        );
        var appends = new List<Task<long>> { log.AppendAsync(new byte[8]).AsTask() };
        await first.Task;
        for (var i = 0; i < 768; i++) appends.Add(log.AppendAsync(new byte[8]).AsTask());
        go.SetResult();
        await Task.WhenAll(appends);
        Assert.Equal(3, Proxy.Seen.Count(r => r.IsAppend)); // one, and the rest in two batches of the most bytes
        Assert.Equal(769 * 8, log.Length);
    }

    [Fact]
    public async Task Append_NewObject_CostsOneRequestEach()
    {
        await using var log = await Store.OpenAppendAsync("log");
        Proxy.ClearSeen();
        for (var i = 0; i < 5; i++) await log.AppendAsync(new byte[8]);
        Assert.Equal(5, Proxy.Seen.Count);
    }

    [Fact]
    public async Task Append_ManyFromTwoStoresWithLostAnswers_AllLandOnce()
    {
        var random = new Random(7);
        Proxy.Choose = r =>
        {
            lock (random) return r.IsWrite && random.Next(8) == 0 ? Fault.LostAnswer : Fault.None;
        };
        await Task.WhenAll(Enumerable.Range(0, 80).Select(async i =>
        {
            await Task.Yield();
            await (i % 2 == 0 ? Store : Beside).AppendAsync("log", Utf8($"[{i}]"), null);
        }));
        var text = await TextAsync("log");
        Assert.Equal(Enumerable.Range(0, 80), text!.Split('[', ']').Where(s => s.Length > 0).Select(int.Parse).Order());
    }

    [Fact]
    public async Task Append_LargerThanABatch_IsOneBlock()
    {
        await using var log = await Store.OpenAppendAsync("log");
        Proxy.ClearSeen();
        var large = new byte[9 << 20];
        new Random(1).NextBytes(large);
        Assert.Equal(large.Length, await log.AppendAsync(large));
        Assert.Single(Proxy.Seen);
        Assert.Equal(large, (await Beside.GetAsync("log"))!.Content);
    }

    [Fact]
    public async Task IsNearlyFull_AtTheNumberOfBlocks_AlsoAfterReopening()
    {
        await using (var log = await Store.OpenAppendAsync("log"))
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.False(log.IsNearlyFull);
                await log.AppendAsync(new byte[1]);
            }
            Assert.True(log.IsNearlyFull);
        }
        await using var again = await Store.OpenAppendAsync("log");
        Assert.True(again.IsNearlyFull);
    }

    [Fact]
    public async Task Journal_OverManyBlocks_GoesOnInNewObjects()
    {
        await using (var journal = await Journal<Sum, Added>.OpenAsync(Store, "j"))
        {
            for (var i = 1; i <= 20; i++) await journal.AppendAsync([new Added(i)]);
        }
        await using var again = await Journal<Sum, Added>.OpenAsync(Beside, "j");
        Assert.Equal((20, 210), (again.Version, again.State.Total));
        var segments = new List<string>();
        await foreach (var found in Beside.ListAsync("j/log-")) segments.Add(found.Name);
        Assert.True(long.Parse(Assert.Single(segments)["j/log-".Length..], System.Globalization.NumberStyles.HexNumber) > 15);
    }

    /// <summary>The new owner of a log puts its fence behind what the former one wrote, who learns it from the store.</summary>
    [Fact]
    public async Task SecondOwner_WithLostAnswers_FencesTheFirst()
    {
        await using var first = await Journal<Sum, Added>.OpenAsync(Beside, "j");
        await first.AppendAsync([new Added(1)]);
        var lost = 0;
        Proxy.Choose = r => r.IsWrite && Interlocked.Increment(ref lost) % 2 == 1 ? Fault.LostAnswer : Fault.None;
        await using var second = await Journal<Sum, Added>.OpenAsync(Store, "j");
        await second.AppendAsync([new Added(2)]);
        await Assert.ThrowsAsync<AppendConflictException>(() => first.AppendAsync([new Added(4)]));
        await second.AppendAsync([new Added(8)]);
        Assert.Equal(11, second.State.Total);
    }

    public sealed record Added(int Number);

    public sealed class Sum : IJournaledState<Added>
    {
        public int Total { get; set; }

        public void Apply(Added happened) => Total += happened.Number;
    }
}
