using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Host.Clustering.Sealing;
using Plumbline.ObjectStore;

namespace Plumbline.Cluster.Tests.Sealing;

/// <summary>What one node seals, every other opens; the storage gives nothing away.</summary>
public sealed class SealingTests
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] OtherKey = [.. Enumerable.Repeat((byte)2, 32)];
    private readonly MemoryObjectStore _store = new();

    [Fact]
    public async Task NodesThatStartAtOnce_OpenWhatEachSeals()
    {
        await using var one = Node(Key);
        await using var two = Node(Key);
        var sealed_ = await Task.WhenAll(Task.Run(() => Seal(one, "from one")), Task.Run(() => Seal(two, "from two")));
        Assert.Equal(["from two", "from one"], [Open(one, sealed_[1]), Open(two, sealed_[0])]);
        await using var later = Node(Key);
        Assert.Equal(["from one", "from two"], [Open(later, sealed_[0]), Open(later, sealed_[1])]);
    }

    [Fact]
    public async Task TheStorage_HoldsNoKeyInTheClear()
    {
        await using var node = Node(Key);
        Seal(node, "anything");
        var names = new List<string>();
        await foreach (var found in _store.ListAsync("")) names.Add(found.Name);
        var name = Assert.Single(names);
        Assert.StartsWith("keys/", name, StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString((await _store.GetAsync(name))!.Content);
        Assert.Contains("<sealed master=", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherMasterKey_OpensNothing()
    {
        await using var node = Node(Key);
        var sealed_ = Seal(node, "anything");
        await using var stranger = Node(OtherKey);
        var failure = Assert.ThrowsAny<Exception>(() => Open(stranger, sealed_));
        Assert.Contains("--master-keys", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANewMasterKey_SealsFromNowOn_AndTheOldOneStillOpens()
    {
        string before;
        await using (var node = Node(Key)) before = Seal(node, "before");
        await using var turned = Node(OtherKey, Key);
        Assert.Equal("before", Open(turned, before));
        turned.Services.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow().AddDays(90));
        var masters = new List<string>();
        await foreach (var found in _store.ListAsync("keys/"))
            masters.Add(Encoding.UTF8.GetString((await _store.GetAsync(found.Name))!.Content).Split("master=\"")[1][..8]);
        Assert.Equal(new MasterKeys([Key, OtherKey]).Ids.Order(), masters.Order());
    }

    [Fact]
    public async Task WhatWasChangedInTheStorage_IsNotOpened()
    {
        await using var node = Node(Key);
        var sealed_ = Seal(node, "anything");
        var properties = new List<ObjectProperties>();
        await foreach (var found in _store.ListAsync("keys/")) properties.Add(found);
        var name = Assert.Single(properties).Name;
        var content = (await _store.GetAsync(name))!.Content;
        var at = Encoding.UTF8.GetString(content).IndexOf("</sealed>", StringComparison.Ordinal) - 40;
        content[at] = content[at] == (byte)'A' ? (byte)'B' : (byte)'A';
        await _store.PutAsync(name, content);
        await using var reader = Node(Key);
        Assert.ThrowsAny<Exception>(() => Open(reader, sealed_));
    }

    private WebApplication Node(params byte[][] masterKeys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IObjectStore>(_store);
        builder.AddSealing(masterKeys);
        return builder.Build();
    }

    private static string Seal(WebApplication node, string text) => Protector(node).Protect(text);

    private static string Open(WebApplication node, string text) => Protector(node).Unprotect(text);

    private static IDataProtector Protector(WebApplication node) => node.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("tests");
}
