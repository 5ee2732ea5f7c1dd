using System.Globalization;
using Plumbline.ObjectStore;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Head;

namespace Plumbline.TraceStore.Store;

/// <summary>The blocks and the manifest of a store, as objects. One caller at a time.</summary>
internal sealed class BlockFolder(IObjectStore store, string prefix, SpanStoreOptions options)
{
    private const int Level = 2;
    private string? _etag;
    private byte[]? _attempted;
    private long _nextBlock = 1;

    public BlockCache Cache { get; } = new(options.CacheBytes);

    private string ManifestName => prefix + "/manifest";

    public async ValueTask<Manifest> LoadAsync(CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(ManifestName, cancellationToken).ConfigureAwait(false);
        _etag = stored?.ETag;
        var manifest = stored is null ? new Manifest() : Manifest.Read(ManifestName, stored.Content);
        _nextBlock = manifest.NextBlock;
        return manifest;
    }

    /// <summary>Writes the manifest, if it is still the one that was read.</summary>
    /// <exception cref="PreconditionFailedException">Another process has taken the store over.</exception>
    public async ValueTask SaveAsync(long firstLog, bool purge, IReadOnlyList<ManifestBlock> blocks, CancellationToken cancellationToken)
    {
        var manifest = new Manifest { FirstLog = firstLog, NextBlock = _nextBlock, Purge = purge, Blocks = blocks };
        var condition = _etag is null ? PutCondition.Missing : PutCondition.Matches(_etag);
        var json = manifest.Write();
        try
        {
            _etag = await store.PutAsync(ManifestName, json, condition, cancellationToken).ConfigureAwait(false);
        }
        catch (PreconditionFailedException)
        {
            // A put whose answer was lost has happened all the same: the manifest is ours when it says what ours says.
            var stored = await store.GetAsync(ManifestName, cancellationToken).ConfigureAwait(false);
            if (stored is null || !IsOurs(stored.Content)) throw;
            _etag = await store.PutAsync(ManifestName, json, PutCondition.Matches(stored.ETag), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _attempted = json;
        }
    }

    public async ValueTask<LiveBlock> OpenAsync(ManifestBlock block, CancellationToken cancellationToken) =>
        new(await Block.OpenAsync(store, Cache, block.Id, NameOf(block.Id), block.Length, cancellationToken).ConfigureAwait(false), block.Dead)
        {
            Missed = block.Missed,
        };

    /// <summary>Writes a block of the live traces of a head; null when there are none.</summary>
    public async ValueTask<(Block? Block, Dictionary<TraceId, int> Order)> WriteAsync(HeadView head, IBlockPace? pace, CancellationToken cancellationToken)
    {
        var shape = new BlockShape(options.RecordPageBytes, options.SpansPerAggregate, options.MostAttributeValues);
        if (await BlockWriter.WriteAsync(head, Level, shape, pace).ConfigureAwait(false) is not { } written) return (null, []);
        var id = _nextBlock++;
        await store.PutAsync(NameOf(id), written.Bytes, PutCondition.None, cancellationToken).ConfigureAwait(false);
        var block = new Block(store, Cache, id, NameOf(id), written.Bytes.Length, written.Directory);
        written.GiveBack();
        return (block, written.Order);
    }

    public async ValueTask DeleteAsync(Block block, CancellationToken cancellationToken)
    {
        Cache.Drop(block.Id);
        await store.DeleteAsync(block.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes blocks that no manifest names: a crash left them.</summary>
    public async ValueTask DeleteOrphansAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var named = manifest.Blocks.Select(b => NameOf(b.Id)).ToHashSet(StringComparer.Ordinal);
        await foreach (var properties in store.ListAsync(prefix + "/blocks/", cancellationToken).ConfigureAwait(false))
        {
            if (!named.Contains(properties.Name)) await store.DeleteAsync(properties.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsOurs(byte[] stored) => _attempted is not null && stored.AsSpan().SequenceEqual(_attempted);

    private string NameOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{prefix}/blocks/{id:d10}");
}
