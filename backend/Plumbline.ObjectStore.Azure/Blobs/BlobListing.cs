using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;
using Plumbline.ObjectStore.Azure.Names;

namespace Plumbline.ObjectStore.Azure.Blobs;

/// <summary>Lists objects page by page, in the order of names.</summary>
internal sealed class BlobListing(BlobContainer blobs)
{
    public async IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (prefix.Any(char.IsControl)) yield break; // no name holds any, and a request cannot
        var order = new ListingOrder();
        string? next = null;
        do
        {
            var page = await PageAsync(prefix, next, cancellationToken).ConfigureAwait(false);
            next = page.ContinuationToken;
            foreach (var blob in page.Values)
            {
                var name = BlobName.ToName(blob.Name);
                if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
                foreach (var properties in order.Next(PropertiesOf(name, blob), BlobName.IsListedEarly(blob.Name, name))) yield return properties;
            }
        }
        while (!string.IsNullOrEmpty(next));
        foreach (var properties in order.Rest()) yield return properties;
    }

    private Task<Page<BlobItem>> PageAsync(string prefix, string? from, CancellationToken cancellationToken) => blobs.Attempts.ReadAsync(
        prefix.Length == 0 ? blobs.Client.Name : prefix,
        async attempt =>
        {
            var options = new GetBlobsOptions { Prefix = BlobName.PrefixOf(prefix), Traits = BlobTraits.Metadata };
            var pages = blobs.Client.GetBlobsAsync(options, attempt.CancellationToken).AsPages(from, blobs.Options.ListPage).GetAsyncEnumerator(attempt.CancellationToken);
            await using (pages.ConfigureAwait(false))
            {
                await pages.MoveNextAsync().ConfigureAwait(false);
                return pages.Current;
            }
        },
        cancellationToken);

    private static ObjectProperties PropertiesOf(string name, BlobItem blob)
    {
        var marks = BlobMarks.Read(blob.Metadata);
        return new ObjectProperties(
            name, marks.Cuts.VisibleLength(blob.Properties.ContentLength ?? 0), BlobState.TagOf(blob.Properties.ETag ?? default),
            blob.Properties.LastModified ?? default);
    }
}
