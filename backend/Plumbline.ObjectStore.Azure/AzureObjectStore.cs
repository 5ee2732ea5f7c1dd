using Azure.Storage.Blobs;
using Plumbline.ObjectStore.Azure.Appends;
using Plumbline.ObjectStore.Azure.Blobs;
using Plumbline.ObjectStore.Azure.Connecting;
using Plumbline.ObjectStore.Azure.Names;

namespace Plumbline.ObjectStore.Azure;

/// <summary>The contract of <see cref="IObjectStore"/> over the blobs of one container of an Azure storage account. What is put is a block blob,
/// what is appended to an append blob; names and bytes are those of the objects. Any number of processes may use the container at once.</summary>
/// <remarks>
/// <para>Appends that wait for the answer to an earlier one go together as one block. An append blob takes 50,000 of them, so its owner looks at
/// <see cref="IAppendObject.IsNearlyFull"/>. It is never shortened: what is cut off is noted in its metadata and left out by this store.</para>
/// <para>A request that fails for a passing reason is tried again. A write that finds itself carried out already, because the answer to an earlier
/// attempt was lost, is told so from one that another writer made, by ids in the blob's metadata.</para>
/// <para>Appending to what was put writes it anew; putting over what was appended keeps the old bytes in the blob until it is deleted.</para>
/// <para>The account may not have a hierarchical namespace: it lists in another order.</para>
/// </remarks>
public sealed class AzureObjectStore : IObjectStore
{
    private readonly BlobContainer _blobs;
    private readonly BlobReader _reader;
    private readonly BlobWriter _writer;
    private readonly BlobListing _listing;
    private readonly SharedAppends _appends;

    private AzureObjectStore(BlobContainer blobs) =>
        (_blobs, _reader, _writer, _listing, _appends) = (blobs, new BlobReader(blobs), new BlobWriter(blobs), new BlobListing(blobs), new SharedAppends(blobs));

    /// <summary>Connects, makes the container unless it is there, and makes sure that it can be read. There is nothing to close.</summary>
    /// <exception cref="ArgumentException">The options say too little or what cannot be; the message says all of it.</exception>
    /// <exception cref="StorageUnavailableException">The account cannot be reached, or the credential does not suffice.</exception>
    public static async Task<AzureObjectStore> OpenAsync(AzureObjectStoreOptions options, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var blobs = new BlobContainer(Connection.Create(options), options);
        await Opening.RunAsync(blobs, cancellationToken).ConfigureAwait(false);
        return new AzureObjectStore(blobs);
    }

    /// <summary>A client of the container for a library that stores by itself, and whose blobs are to be the objects of one folder.</summary>
    /// <param name="folder">The folder, such as <c>grainstate</c>. A blob <c>x</c> of the client is the object <c>grainstate/x</c>.</param>
    /// <returns>A client of which the blobs by name may be used, and nothing that concerns the whole container.</returns>
    public BlobContainerClient FolderClient(string folder)
    {
        ObjectName.Validate(folder);
        return new FolderClient(_blobs.Client, folder + "/");
    }

    /// <inheritdoc/>
    public async ValueTask<StoredObject?> GetAsync(string name, CancellationToken cancellationToken = default) =>
        await _reader.GetAsync(name, cancellationToken).ConfigureAwait(false) is { } found ? new StoredObject(found.Content, found.State.Tag) : null;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (!destination.IsEmpty) return await _reader.ReadAsync(name, offset, destination, cancellationToken).ConfigureAwait(false);
        return await _blobs.FindAsync(name, cancellationToken).ConfigureAwait(false) is null ? throw new ObjectNotFoundException(name) : 0;
    }

    /// <inheritdoc/>
    public async ValueTask<ObjectProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken = default) =>
        (await _blobs.FindAsync(name, cancellationToken).ConfigureAwait(false))?.Properties(name);

    /// <inheritdoc/>
    public async ValueTask<string> PutAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition = default, CancellationToken cancellationToken = default)
    {
        ObjectName.Validate(name);
        cancellationToken.ThrowIfCancellationRequested();
        return await _writer.PutAsync(name, BlobContainer.Join(content), condition, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<long> AppendAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken = default)
    {
        _ = BlobName.Of(name);
        return await _appends.AppendAsync(name, buffers, expectedLength, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IAppendObject> OpenAppendAsync(string name, CancellationToken cancellationToken = default)
    {
        _ = BlobName.Of(name);
        return Handle(name, await Tails.OpenAsync(_blobs, name, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask<IAppendObject> OpenOverAsync(string name, string over, CancellationToken cancellationToken = default)
    {
        (_, _) = (BlobName.Of(name), BlobName.Of(over));
        return Handle(name, await Tails.OpenOverAsync(_blobs, name, over, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return _listing.ListAsync(prefix, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string name, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        _ = BlobName.Of(name);
        return await _writer.DeleteAsync(name, ifMatch, cancellationToken).ConfigureAwait(false);
    }

    private AzureAppendObject Handle(string name, IBlobTail tail) => new(name, tail, _blobs.Options.BatchBytes);
}
