using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace Plumbline.ObjectStore.Azure.Tests.Connecting;

/// <summary>Ways in, and what is said to those who may not.</summary>
public sealed class AccessTests(Emulator emulator)
{
    private static readonly ReadOnlyMemory<byte> Content = "x"u8.ToArray();

    [Fact]
    public async Task Open_Signature_DoesEverything()
    {
        var store = await AzureObjectStore.OpenAsync(Signed(await NewContainerAsync(), BlobContainerSasPermissions.All));
        var tag = await store.PutAsync("a", Content, PutCondition.Missing);
        await using var log = await store.OpenAppendAsync("log");
        Assert.Equal(1, await log.AppendAsync(Content));
        await log.TruncateAsync(0);
        Assert.True(await store.DeleteAsync("a", tag));
        await foreach (var found in store.ListAsync("")) Assert.Equal(("log", 0), (found.Name, found.Length));
    }

    [Fact]
    public async Task Open_SignatureForReading_ReadsAndSaysWhatIsMissing()
    {
        var container = await NewContainerAsync();
        await (await AzureObjectStore.OpenAsync(emulator.Options(container))).PutAsync("a", Content);
        var store = await AzureObjectStore.OpenAsync(Signed(container, BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List));
        Assert.NotNull(await store.GetAsync("a"));
        foreach (var write in new Func<Task>[]
        {
            async () => await store.PutAsync("a", Content), async () => await store.AppendAsync("log", Content, null), async () => await store.DeleteAsync("a"),
        })
        {
            var failure = await Assert.ThrowsAsync<StorageUnavailableException>(write);
            Assert.Equal(StorageFault.ReadOnly, failure.Fault);
            Assert.Contains("Storage Blob Data Contributor", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Open_SignatureThatEnded_SaysSo()
    {
        var container = await NewContainerAsync();
        var options = Signed(container, BlobContainerSasPermissions.All, TimeSpan.FromHours(-1));
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => AzureObjectStore.OpenAsync(options));
        Assert.Equal(StorageFault.Failed, failure.Fault);
        Assert.Contains("refuses", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AnotherKey_SaysSo()
    {
        var connection = emulator.Azurite.ConnectionString.Replace("AccountKey=Eby8", "AccountKey=Abc8", StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            AzureObjectStore.OpenAsync(new AzureObjectStoreOptions { ConnectionString = connection, Container = "plumbline" }));
        Assert.Contains("the storage account refuses", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CredentialThatCannotSignIn_SaysWhy()
    {
        var options = new AzureObjectStoreOptions
        {
            Endpoint = new Uri($"https://127.0.0.1:{emulator.Azurite.BlobPort}/devstoreaccount1"),
            Container = "plumbline",
            Credential = new Unavailable(),
        };
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => AzureObjectStore.OpenAsync(options));
        Assert.Equal(StorageFault.Failed, failure.Fault);
        Assert.Contains("signing in at the storage account failed: nobody is signed in", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContainerDeleted_IsNoMissingObject()
    {
        var options = emulator.Options();
        var store = await AzureObjectStore.OpenAsync(options);
        await using var log = await store.OpenAppendAsync("log");
        await new BlobContainerClient(options.ConnectionString, options.Container).DeleteAsync();
        foreach (var operation in new Func<Task>[]
        {
            async () => await store.GetAsync("a"), async () => await store.GetPropertiesAsync("a"), async () => await store.PutAsync("a", Content),
            async () => await store.DeleteAsync("a"), async () => await log.AppendAsync(Content), async () => await store.ReadAsync("a", 0, new byte[1]),
        }) Assert.Contains("its container is gone", (await Assert.ThrowsAsync<StorageUnavailableException>(operation)).Message, StringComparison.Ordinal);
    }

    private async Task<string> NewContainerAsync()
    {
        var container = Emulator.NewContainer();
        await new BlobContainerClient(emulator.Azurite.ConnectionString, container).CreateAsync();
        return container;
    }

    private AzureObjectStoreOptions Signed(string container, BlobContainerSasPermissions permissions, TimeSpan? lasts = null)
    {
        var ends = TimeProvider.System.GetUtcNow() + (lasts ?? TimeSpan.FromHours(1));
        var signed = new BlobContainerClient(emulator.Azurite.ConnectionString, container).GenerateSasUri(permissions, ends);
        return new AzureObjectStoreOptions { Endpoint = new UriBuilder(emulator.Azurite.BlobEndpoint) { Query = signed.Query }.Uri, Container = container };
    }

    private sealed class Unavailable : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("nobody is signed in");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("nobody is signed in");
    }
}
