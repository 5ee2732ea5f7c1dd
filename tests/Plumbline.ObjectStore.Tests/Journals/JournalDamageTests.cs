using Plumbline.Testing;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.ObjectStore.Tests.Journals;

/// <summary>A log cut or changed at every single byte: what comes back is a whole prefix, or a named error.</summary>
public sealed class JournalDamageTests
{
    private const string Segment = "j/log-0000000000000001";
    private static readonly string[] All = ["a", "b", "c", "d"];

    [Fact]
    public async Task Truncated_AtEveryByte_GivesTheFramesBeforeAndGoesOn()
    {
        var (whole, ends) = await WriteAsync();
        for (var length = 0; length < whole.Length; length++)
        {
            var store = new MemoryObjectStore();
            await store.PutAsync(Segment, whole.AsMemory(0, length));
            var expected = All[..ends.Count(end => end <= length)];
            await using (var journal = await OpenAsync(store))
            {
                Assert.Equal(expected, journal.State.Names);
                await journal.AppendAsync([new Added("next")]);
            }
            await using var again = await OpenAsync(store);
            Assert.Equal([.. expected, "next"], again.State.Names);
            Assert.Equal(0, again.TornBytes);
        }
    }

    [Fact]
    public async Task Flipped_AtEveryBit_IsCutWhenLastAndNamedWhenNot()
    {
        var (whole, ends) = await WriteAsync();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var store = new MemoryObjectStore();
            await store.PutAsync(Segment, damaged);
            if (bit / 8 >= ends[^2])
            {
                await using var journal = await OpenAsync(store);
                Assert.Equal(All[..3], journal.State.Names);
                Assert.Equal(whole.Length - ends[^2], journal.TornBytes);
            }
            else
            {
                var failure = await Assert.ThrowsAsync<JournalCorruptedException>(() => OpenAsync(store));
                Assert.Equal(Segment, failure.ObjectName);
                Assert.True(failure.Offset <= bit / 8);
                Assert.Equal(damaged, (await store.GetAsync(Segment))!.Content);
            }
        }
    }

    [Fact]
    public async Task Garbage_BehindTheEnd_IsCut()
    {
        var (whole, _) = await WriteAsync();
        var store = new MemoryObjectStore();
        await store.PutAsync(Segment, [whole, new byte[300], new byte[] { 1, 2, 3 }]);
        await using var journal = await OpenAsync(store);
        Assert.Equal(All, journal.State.Names);
        Assert.Equal(303, journal.TornBytes);
    }

    /// <summary>Stops after every single operation on the store that a snapshot is made of.</summary>
    [Fact]
    public async Task Stopped_BetweenTheStepsOfASnapshot_LosesNothing()
    {
        for (var step = 0; step < 6; step++)
        {
            var store = new MemoryObjectStore();
            var stopping = new FailingObjectStore(store);
            await using (var journal = await OpenAsync(stopping))
            {
                foreach (var name in All) await journal.AppendAsync([new Added(name)]);
                stopping.WritesLeft = step;
                await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
                {
                    await journal.SnapshotAsync();
                    stopping.WritesLeft = 0;
                    await journal.AppendAsync([new Added("never")]);
                });
                stopping.WritesLeft = int.MaxValue;
                await journal.AppendAsync([new Added("same owner")]);
            }
            await using var again = await OpenAsync(store);
            Assert.Equal([.. All, "same owner"], again.State.Names);
            await again.SnapshotAsync();
            await using var third = await OpenAsync(store);
            Assert.Equal([.. All, "same owner"], third.State.Names);
        }
    }

    private static async Task<(byte[] Whole, long[] Ends)> WriteAsync()
    {
        var store = new MemoryObjectStore();
        var ends = new List<long>();
        await using var journal = await OpenAsync(store);
        foreach (var name in All)
        {
            await journal.AppendAsync([new Added(name)]);
            ends.Add((await store.GetPropertiesAsync(Segment))!.Length);
        }
        return ((await store.GetAsync(Segment))!.Content, [.. ends]);
    }

    private static Task<Journal<Tally, TallyEvent>> OpenAsync(IObjectStore store) => Journal<Tally, TallyEvent>.OpenAsync(store, "j");
}
