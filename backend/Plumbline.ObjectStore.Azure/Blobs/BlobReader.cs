using Azure;
using Azure.Storage.Blobs.Models;
using Plumbline.ObjectStore.Azure.Requests;

namespace Plumbline.ObjectStore.Azure.Blobs;

/// <summary>Reads the bytes that count.</summary>
internal sealed class BlobReader(BlobContainer blobs)
{
    /// <summary>The whole object with its state, or null when there is none.</summary>
    public Task<(byte[] Content, BlobState State)?> GetAsync(string name, CancellationToken cancellationToken) =>
        blobs.Attempts.ReadAsync(name, attempt => GetOnceAsync(name, attempt), cancellationToken);

    /// <summary>Fills the destination from an offset.</summary>
    /// <exception cref="ObjectNotFoundException">There is none.</exception>
    public Task<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        blobs.Attempts.ReadAsync(
            name,
            attempt =>
            {
                attempt.GiveTimeFor(destination.Length);
                return ReadOnceAsync(name, offset, destination, attempt.CancellationToken);
            },
            cancellationToken);

    private async Task<(byte[] Content, BlobState State)?> GetOnceAsync(string name, Attempt attempt)
    {
        try
        {
            using BlobDownloadStreamingResult found = await blobs.Blob(name).DownloadStreamingAsync(
                cancellationToken: attempt.CancellationToken).ConfigureAwait(false);
            var details = found.Details;
            var whole = GC.AllocateUninitializedArray<byte>(checked((int)details.ContentLength));
            attempt.GiveTimeFor(whole.Length);
            await found.Content.ReadExactlyAsync(whole, attempt.CancellationToken).ConfigureAwait(false);
            var marks = BlobMarks.Read(details.Metadata);
            var state = new BlobState(
                whole.Length, details.ETag, details.LastModified, details.BlobType == BlobType.Append, details.BlobCommittedBlockCount, marks);
            return (Visible(whole, marks.Cuts), state);
        }
        catch (RequestFailedException e) when (BlobFaults.IsMissing(e))
        {
            return null;
        }
    }

    private async Task<int> ReadOnceAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            // Nearly no object has parts that do not count. Whether this one has comes with the answer.
            using BlobDownloadStreamingResult found = await RangeAsync(name, offset, destination.Length, null, cancellationToken).ConfigureAwait(false);
            var cuts = BlobMarks.Read(found.Details.Metadata).Cuts;
            if (cuts.IsEmpty)
                return await found.Content.ReadAtLeastAsync(destination, destination.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return await ReadPartsAsync(name, offset, destination, found.Details, cuts, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (BlobFaults.IsMissing(e))
        {
            throw new ObjectNotFoundException(name);
        }
        catch (RequestFailedException e) when (e.Status == 416)
        {
            return 0;
        }
    }

    private async Task<int> ReadPartsAsync(
        string name, long offset, Memory<byte> destination, BlobDownloadDetails details, Cuts cuts, CancellationToken cancellationToken)
    {
        var read = 0;
        foreach (var part in cuts.PartsOf(offset, destination.Length, WholeLength(details)))
        {
            var into = destination.Slice(read, (int)(part.End - part.Start));
            using BlobDownloadStreamingResult found = await RangeAsync(name, part.Start, into.Length, details.ETag, cancellationToken).ConfigureAwait(false);
            await found.Content.ReadExactlyAsync(into, cancellationToken).ConfigureAwait(false);
            read += into.Length;
        }
        return read;
    }

    private async Task<Response<BlobDownloadStreamingResult>> RangeAsync(
        string name, long offset, long length, ETag? ifMatch, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(offset, length) };
        if (ifMatch is not null) options.Conditions = new BlobRequestConditions { IfMatch = ifMatch };
        try
        {
            return await blobs.Blob(name).DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (ifMatch is not null && BlobFaults.IsRefused(e))
        {
            throw new IOException("It was changed while it was read.", e); // to be read again
        }
    }

    // "bytes 0-9/100"
    private static long WholeLength(BlobDownloadDetails details) =>
        long.Parse(details.ContentRange.AsSpan(details.ContentRange.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Visible(byte[] whole, Cuts cuts)
    {
        if (cuts.IsEmpty) return whole;
        var visible = new byte[cuts.VisibleLength(whole.Length)];
        var at = 0;
        foreach (var part in cuts.PartsOf(0, visible.Length, whole.Length))
        {
            whole.AsSpan((int)part.Start, (int)(part.End - part.Start)).CopyTo(visible.AsSpan(at));
            at += (int)(part.End - part.Start);
        }
        return visible;
    }
}
