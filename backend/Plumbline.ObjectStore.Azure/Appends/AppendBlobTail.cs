using Azure;
using Azure.Storage.Blobs.Models;
using Plumbline.ObjectStore.Azure.Blobs;
using Plumbline.ObjectStore.Azure.Requests;

namespace Plumbline.ObjectStore.Azure.Appends;

/// <summary>The end of an append blob.</summary>
/// <remarks>Every block is sent on condition that the blob is as the last answer left it. Before its first block a tail puts its own mark on the
/// blob, on the same condition: whatever is found changed under that mark is then its own doing, so an answer that was lost can be told from a
/// writer who came between, without looking at the bytes. What landed though it was given up is cut off again, and marking the blob anew
/// makes sure that nothing still under way can land.</remarks>
internal sealed class AppendBlobTail(BlobContainer blobs, string name, BlobState found, string? appender = null) : IBlobTail
{
    private readonly string _appender = appender ?? BlobMarks.NewId();
    private Cuts _cuts = found.Marks.Cuts;
    private ETag _etag = found.ETag;
    private long _end = found.End;
    private int _blocks = found.Blocks;
    private bool _isMarked = found.Marks.Appender == appender && appender is not null;
    private bool _isDoubtful;

    public long Length => _cuts.VisibleLength(_end);

    public bool IsNearlyFull => _blocks >= blobs.Options.NearlyFullBlocks;

    public async Task AppendAsync(byte[] bytes)
    {
        await EnsureMarkedAsync().ConfigureAwait(false);
        await AddAsync(bytes).ConfigureAwait(false);
    }

    public Task TruncateAsync(long length) => MarkAsync(end => _cuts.Closed(_end).With(_cuts.Place(length), end));

    /// <summary>Writes over the whole object, for readers at once: what is added does not count until all of it is there, and then nothing else does.</summary>
    /// <returns>The new entity tag.</returns>
    public async Task<string> ReplaceAsync(byte[] content)
    {
        await MarkAsync(end => _cuts.Closed(_end).With(_end, Cuts.Open)).ConfigureAwait(false);
        var start = _end;
        await AddAsync(content).ConfigureAwait(false);
        await MarkAsync(end => Cuts.None.With(0, start).With(start + content.Length, end)).ConfigureAwait(false);
        return BlobState.TagOf(_etag);
    }

    private Task EnsureMarkedAsync()
    {
        if (_isMarked && !_isDoubtful) return Task.CompletedTask;
        // What was added by an attempt that was given up, or by a writer who did not get to the end of it, does not count.
        return MarkAsync(end => _cuts.Closed(end).With(_end, end));
    }

    private async Task AddAsync(byte[] bytes)
    {
        var (end, at) = (_end, 0);
        try
        {
            for (; at < bytes.Length; at += Limits.LargestBlock)
                end = await AddBlockAsync(bytes.AsMemory(at, Math.Min(Limits.LargestBlock, bytes.Length - at)), end).ConfigureAwait(false);
        }
        catch (StorageUnavailableException e) when (at > 0 || e.Fault == StorageFault.Uncertain)
        {
            _isDoubtful = true;
            throw;
        }
        _end = end;
    }

    private Task<long> AddBlockAsync(ReadOnlyMemory<byte> block, long end) => blobs.Attempts.WriteAsync(
        name, block.Length,
        async attempt =>
        {
            try
            {
                using var stream = new MemoryStream(block.ToArray(), writable: false);
                var conditions = new AppendBlobRequestConditions { IfMatch = _etag, IfAppendPositionEqual = end };
                BlobAppendInfo added = await blobs.AppendBlob(name).AppendBlockAsync(
                    stream, new AppendBlobAppendBlockOptions { Conditions = conditions }, attempt.CancellationToken).ConfigureAwait(false);
                (_etag, _blocks) = (added.ETag, added.BlobCommittedBlockCount);
            }
            catch (RequestFailedException e) when (BlobFaults.IsRefused(e))
            {
                var now = await blobs.LookAsync(name, attempt.CancellationToken).ConfigureAwait(false);
                if (!attempt.MayHaveHappened || now?.Marks.Appender != _appender || now.End != end + block.Length) throw Conflict(now);
                (_etag, _blocks) = (now.ETag, now.Blocks);
            }
            return end + block.Length;
        });

    /// <summary>Marks the blob as this tail's and says what does not count.</summary>
    /// <param name="cutsFor">What does not count when the blob ends there.</param>
    private async Task MarkAsync(Func<long, Cuts> cutsFor)
    {
        (_end, _cuts) = await blobs.Attempts.WriteAsync(
            name, 0,
            async attempt =>
            {
                var end = _isDoubtful || attempt.MayHaveHappened ? await ReviewAsync(attempt.CancellationToken).ConfigureAwait(false) : _end;
                while (true)
                {
                    var cuts = Within(cutsFor(end));
                    if (await TryMarkAsync(cuts, attempt.CancellationToken).ConfigureAwait(false)) return (end, cuts);
                    end = await ReviewAsync(attempt.CancellationToken).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        (_isMarked, _isDoubtful) = (true, false);
    }

    /// <summary>False when the blob is not as it was known.</summary>
    private async Task<bool> TryMarkAsync(Cuts cuts, CancellationToken cancellationToken)
    {
        try
        {
            BlobInfo marked = await blobs.AppendBlob(name).SetMetadataAsync(
                new BlobMarks(null, _appender, cuts).ToMetadata(), new BlobRequestConditions { IfMatch = _etag }, cancellationToken).ConfigureAwait(false);
            _etag = marked.ETag;
            return true;
        }
        catch (RequestFailedException e) when (BlobFaults.IsRefused(e))
        {
            return false;
        }
    }

    private Cuts Within(Cuts cuts)
    {
        if (cuts.Ranges.Length <= Limits.MostCuts) return cuts;
        throw new StorageUnavailableException(
            name, StorageFault.Full, $"parts of it were cut off {Limits.MostCuts} times. Go on in another object, or write it anew.");
    }

    /// <summary>Takes note of what this tail's own earlier attempts have done.</summary>
    /// <returns>Where the blob ends.</returns>
    /// <exception cref="AppendConflictException">It was not they.</exception>
    private async Task<long> ReviewAsync(CancellationToken cancellationToken)
    {
        var now = await blobs.LookAsync(name, cancellationToken).ConfigureAwait(false);
        if (now is not { IsAppendBlob: true } || (now.ETag != _etag && now.Marks.Appender != _appender)) throw Conflict(now);
        (_etag, _blocks) = (now.ETag, now.Blocks);
        return now.End;
    }

    private AppendConflictException Conflict(BlobState? now) => new(name, Length, now is { IsAppendBlob: true } ? now.Length : null);
}
