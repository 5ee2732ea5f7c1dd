using Plumbline.ObjectStore.Journals;
using Plumbline.Testing;

namespace Plumbline.ObjectStore.Tests.Journals;

public sealed class JournalTests
{
    private readonly MemoryObjectStore _store = new();

    [Fact]
    public async Task Open_New_IsEmpty()
    {
        await using var journal = await OpenAsync();
        Assert.Equal(0, journal.Version);
        Assert.Empty(journal.State.Names);
    }

    [Fact]
    public async Task Open_WithoutAppending_LeavesNothingBehind()
    {
        await using (await OpenAsync())
        {
        }
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Append_FromAGrainsTurn_AppliesInThatTurn()
    {
        var turns = new Turns();
        var applied = await turns.RunAsync(async () =>
        {
            using var folder = new TemporaryFolder();
            using var store = folder.OpenStore();
            await using var journal = await Journal<TurnWatch, TallyEvent>.OpenAsync(store, "j");
            for (var i = 0; i < 5; i++) await journal.AppendAsync([new Added("a")]);
            return journal.State.Contexts;
        });
        Assert.Equal(5, applied.Count);
        Assert.All(applied, context => Assert.Same(turns, context));
    }

    [Fact]
    public async Task Append_ThenReopen_ReplaysInOrder()
    {
        await using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([new Added("a"), new Added("b", "ü")]);
            await journal.AppendAsync([new Removed("a")], expectedVersion: 2);
        }
        await using var again = await OpenAsync();
        Assert.Equal(3, again.Version);
        Assert.Equal(["b"], again.State.Names);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_NoWrites_CanBeReadAndIsWrittenAsSoonAsItCanBe(bool isTorn)
    {
        await using (var journal = await OpenAsync()) await journal.AppendAsync([new Added("a"), new Added("b")]);
        if (isTorn) await _store.AppendAsync((await NamesAsync()).Single(), new byte[] { 1, 2, 3 }, expectedLength: null);
        var failing = new FailingObjectStore(_store) { WritesLeft = 0 };
        await using (var journal = await Journal<Tally, TallyEvent>.OpenAsync(failing, "j"))
        {
            Assert.Equal(["a", "b"], journal.State.Names);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => journal.AppendAsync([new Added("c")]));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => journal.SnapshotAsync());
            failing.WritesLeft = isTorn ? 1 : int.MaxValue; // room to open, not to cut
            if (isTorn) await Assert.ThrowsAsync<StorageUnavailableException>(() => journal.AppendAsync([new Added("c")]));
            failing.WritesLeft = int.MaxValue;
            await journal.AppendAsync([new Added("d")]);
            Assert.Equal(["a", "b", "d"], journal.State.Names);
        }
        await using var again = await OpenAsync();
        Assert.Equal(["a", "b", "d"], again.State.Names);
    }

    [Fact]
    public async Task Append_AtAnotherVersion_ChangesNothing()
    {
        await using var journal = await OpenAsync();
        await journal.AppendAsync([new Added("a")]);
        var failure = await Assert.ThrowsAsync<JournalConflictException>(() => journal.AppendAsync([new Added("b")], expectedVersion: 0));
        Assert.Equal((0L, 1L), (failure.ExpectedVersion, failure.ActualVersion));
        Assert.Equal(["a"], journal.State.Names);
    }

    [Fact]
    public async Task Append_Many_SnapshotsAndDropsOldSegments()
    {
        await using (var journal = await OpenAsync(snapshotAfterBytes: 500))
        {
            for (var i = 0; i < 200; i++) await journal.AppendAsync([new Added($"n{i}")]);
        }
        var names = await NamesAsync();
        Assert.Contains("j/snapshot", names);
        Assert.Equal(2, names.Count);
        await using var again = await OpenAsync();
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"n{i}"), again.State.Names);
        Assert.Equal(200, again.Version);
    }

    /// <summary>Small events never make up a snapshot's worth of bytes before the object takes no more appends.</summary>
    [Fact]
    public async Task Append_ObjectTakesFewAppends_GoesOnInTheNext()
    {
        var limited = new LimitedObjectStore(_store, mostAppends: 7, nearlyFull: 5);
        await using (var journal = await Journal<Tally, TallyEvent>.OpenAsync(limited, "j"))
        {
            for (var i = 0; i < 40; i++) await journal.AppendAsync([new Added($"{i}")]);
        }
        Assert.Equal(6, limited.Most); // five, and the seal
        await using var again = await OpenAsync();
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}"), again.State.Names);
    }

    [Fact]
    public async Task Snapshot_WithNothingNew_KeepsOneSegment()
    {
        await using var journal = await OpenAsync();
        await journal.SnapshotAsync();
        await journal.AppendAsync([new Added("a")]);
        await journal.SnapshotAsync();
        await journal.SnapshotAsync();
        await journal.AppendAsync([new Added("b")]);
        await using var again = await OpenAsync();
        Assert.Equal(["a", "b"], again.State.Names);
    }

    [Fact]
    public async Task SecondOwner_FencesTheFirst()
    {
        await using var first = await OpenAsync();
        await first.AppendAsync([new Added("a")]);
        await using var second = await OpenAsync();
        await second.AppendAsync([new Added("b")]);
        await Assert.ThrowsAsync<AppendConflictException>(() => first.AppendAsync([new Added("lost")]));
        Assert.Equal(["a"], first.State.Names);
        await using var third = await OpenAsync();
        Assert.Equal(["a", "b"], third.State.Names);
    }

    [Fact]
    public async Task SecondOwner_SnapshotsAndRolls_FencesTheFirst()
    {
        await using var first = await OpenAsync();
        await first.AppendAsync([new Added("a")]);
        await using var second = await OpenAsync();
        await second.SnapshotAsync();
        await Assert.ThrowsAsync<AppendConflictException>(() => first.AppendAsync([new Added("lost")]));
        await Assert.ThrowsAsync<PreconditionFailedException>(() => first.SnapshotAsync());
        await second.AppendAsync([new Added("b")]);
        await using var third = await OpenAsync();
        Assert.Equal(["a", "b"], third.State.Names);
    }

    [Fact]
    public async Task Open_SegmentMissing_IsNamed()
    {
        await using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([new Added("a")]);
            await journal.SnapshotAsync();
            await journal.AppendAsync([new Added("b")]);
        }
        await _store.DeleteAsync("j/snapshot");
        var failure = await Assert.ThrowsAsync<JournalCorruptedException>(() => OpenAsync());
        Assert.Contains("version 1 was to come and 2 did", failure.Message);
    }

    [Fact]
    public async Task Open_DamagedSnapshot_IsNamed()
    {
        await using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([new Added("a")]);
            await journal.SnapshotAsync();
        }
        var snapshot = (await _store.GetAsync("j/snapshot"))!.Content;
        snapshot[^2] ^= 1;
        await _store.PutAsync("j/snapshot", snapshot);
        Assert.Equal("j/snapshot", (await Assert.ThrowsAsync<JournalCorruptedException>(() => OpenAsync())).ObjectName);
    }

    private Task<Journal<Tally, TallyEvent>> OpenAsync(int snapshotAfterBytes = 256 * 1024) =>
        Journal<Tally, TallyEvent>.OpenAsync(_store, "j", new JournalOptions { SnapshotAfterBytes = snapshotAfterBytes });

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var found in _store.ListAsync("j/")) names.Add(found.Name);
        return names;
    }
}
