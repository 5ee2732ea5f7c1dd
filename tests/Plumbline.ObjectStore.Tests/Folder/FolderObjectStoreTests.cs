using System.Text;

namespace Plumbline.ObjectStore.Tests.Folder;

public sealed class FolderObjectStoreTests : ObjectStoreConformance
{
    private readonly TemporaryFolder _folder = new();
    private FolderObjectStore _store = null!;

    public override ValueTask DisposeAsync()
    {
        _store.Dispose();
        _folder.Dispose();
        return base.DisposeAsync();
    }

    protected override Task<IObjectStore> CreateStoreAsync() => Task.FromResult<IObjectStore>(_store = _folder.OpenStore());

    [Fact]
    public void Open_HeldFolder_NamesTheHolder()
    {
        var failure = Assert.Throws<StorageLockedException>(() => _folder.OpenStore());
        Assert.Contains($"process {Environment.ProcessId}", failure.Message);
        Assert.Contains(_folder.Path, failure.Message);
    }

    [Fact]
    public async Task Open_AfterDispose_FindsEverything()
    {
        await _store.PutAsync("a/b c", Utf8("put"));
        await _store.AppendAsync("log", Utf8("appended"), 0);
        _store.Dispose();
        using var again = _folder.OpenStore();
        Assert.Equal("put", Encoding.UTF8.GetString((await again.GetAsync("a/b c"))!.Content));
        Assert.Equal(9, await again.AppendAsync("log", Utf8("!"), 8));
    }

    [Fact]
    public async Task Put_NameWithOddCharacters_IsEscapedByteByByte()
    {
        await _store.PutAsync("a:b?*/.x/ü", Utf8("1"));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "a%3Ab%3F%2A", "%2Ex", "%C3%BC")));
    }

    [Fact]
    public async Task Open_HalfWrittenPut_IsRemovedAndTheOldStays()
    {
        await _store.PutAsync("doc", Utf8("old"));
        _store.Dispose();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, ".tmp", "1f"), "hal");
        using var again = _folder.OpenStore();
        Assert.Equal("old", Encoding.UTF8.GetString((await again.GetAsync("doc"))!.Content));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, ".tmp")));
        var names = new List<string>();
        await foreach (var found in again.ListAsync("")) names.Add(found.Name);
        Assert.Equal(["doc"], names);
    }

    [Fact]
    public async Task Put_OverAFolder_IsRefusedByName()
    {
        await _store.PutAsync("a/b", Utf8("1"));
        await Assert.ThrowsAsync<InvalidObjectNameException>(async () => await _store.PutAsync("a", Utf8("2")));
        await Assert.ThrowsAnyAsync<ObjectStoreException>(async () => await _store.PutAsync("a/b/c", Utf8("2")));
        await Assert.ThrowsAnyAsync<ObjectStoreException>(async () => await _store.OpenAppendAsync("a"));
    }

    /// <summary>A folder as earlier versions made it, where a name's folders keep their dots.</summary>
    [Fact]
    public async Task Open_FoldersWithDots_AreReadAndWrittenOnAsTheyAre()
    {
        var former = Path.Combine(_folder.Path, "a", "x.json", "y.z");
        Directory.CreateDirectory(former);
        await File.WriteAllTextAsync(Path.Combine(former, "old"), "old");
        Assert.Equal("old", await TextAsync("a/x.json/y.z/old"));
        Assert.Equal(3, await Store.ReadAsync("a/x.json/y.z/old", 0, new byte[8]));
        await Store.PutAsync("a/x.json/y.z/new", Utf8("new"));
        Assert.Equal(["a/x.json/y.z/new", "a/x.json/y.z/old"], await ListAsync("a/x.json/y"));
        await Store.PutAsync("a/x.json/y.z/old", Utf8("more"), PutCondition.Matches((await Store.GetAsync("a/x.json/y.z/old"))!.ETag));
        Assert.Equal("more", await File.ReadAllTextAsync(Path.Combine(former, "old")));
        Assert.Equal(5, await Store.AppendAsync("a/x.json/y.z/old", Utf8("!"), 4));
        Assert.True(await Store.DeleteAsync("a/x.json/y.z/old"));
        Assert.Equal(["a/x.json/y.z/new"], await ListAsync("a/"));
    }

    /// <summary>What an earlier version refused for ever: its folder gives way, and whoever appends below it is fenced off.</summary>
    [Fact]
    public async Task Put_WhereAnEarlierVersionMadeAFolder_IsStoredBesideIt()
    {
        var former = Path.Combine(_folder.Path, "x.json", "deep.er");
        Directory.CreateDirectory(former);
        await File.WriteAllTextAsync(Path.Combine(former, "y"), "inner");
        await using var log = await Store.OpenAppendAsync("x.json/deep.er/y");
        await Store.PutAsync("x.json", Utf8("outer"), PutCondition.Missing);
        Assert.Equal("outer", await TextAsync("x.json"));
        Assert.Equal("inner", await TextAsync("x.json/deep.er/y"));
        Assert.Equal(["x.json", "x.json/deep.er/y"], await ListAsync(""));
        await Assert.ThrowsAsync<AppendConflictException>(async () => await log.AppendAsync(Utf8("!")));
        Assert.Equal(6, await Store.AppendAsync("x.json/deep.er/y", Utf8("!"), 5));
        _store.Dispose();
        using var again = _folder.OpenStore();
        Assert.Equal("inner!", Encoding.UTF8.GetString((await again.GetAsync("x.json/deep.er/y"))!.Content));
    }

    [Fact]
    public async Task Append_ToADeviceThatIsFull_FailsByName()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("This system has no /dev/full.");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "log"), "/dev/full");
        await using var log = await _store.OpenAppendAsync("log");
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await log.AppendAsync(Utf8("x")));
        Assert.Equal((StorageFault.Full, "log"), (failure.Fault, failure.ObjectName));
    }
}
