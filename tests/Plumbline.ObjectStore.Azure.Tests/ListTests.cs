using Plumbline.ObjectStore.Azure.Tests.Faults;

namespace Plumbline.ObjectStore.Azure.Tests;

public sealed class ListTests(Emulator emulator) : FaultTest(emulator)
{
    protected override AzureObjectStoreOptions Adjust(AzureObjectStoreOptions options) => options with { ListPage = 20 };

    /// <summary>Names that the service would change, or list at another place, come back as they are.</summary>
    [Fact]
    public async Task List_OddNames_AreThemselvesAndInOrder()
    {
        string[] names = ["a./x", "a-b", "a.", "a", "a/b", @"a\b", "%2E", "%25", "b/\uE000", "b/😀", "b/\uFFFF", "b/\uFFFE.", "c d", "c+d", "c?d#e&f", "ü/ü"];
        foreach (var name in names) await Store.PutAsync(name, Utf8(name));
        Assert.Equal(names.Order(Utf8NameComparer.Instance), await NamesAsync(""));
        Assert.Equal(["a.", "a./x"], await NamesAsync("a."));
        Assert.Equal(["a./x"], await NamesAsync("a./"));
        Assert.Equal(["%25", "%2E"], await NamesAsync("%2"));
        Assert.Equal(["b/😀"], await NamesAsync("b/\uD83D"));
        Assert.Empty(await NamesAsync("a\n"));
        foreach (var name in names) Assert.Equal(name, await TextAsync(name));
    }

    [Fact]
    public async Task List_ManyPagesWithFaults_IsWhole()
    {
        await Task.WhenAll(Enumerable.Range(0, 90).Select(async i => await Beside.PutAsync($"n/{i:d6}", Utf8("x"))));
        var lists = 0;
        Proxy.Choose = r => r.IsList && Interlocked.Increment(ref lists) % 2 == 1 ? Fault.Reset : Fault.None;
        Assert.Equal(Enumerable.Range(0, 90).Select(i => $"n/{i:d6}"), await NamesAsync("n/"));
        Assert.Equal(10, lists);
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var found in Store.ListAsync(prefix)) names.Add(found.Name);
        return names;
    }
}
