using Azure;
using Azure.Storage.Blobs.Models;

namespace Plumbline.ObjectStore.Azure.Blobs;

/// <summary>What the service says of a blob.</summary>
/// <param name="End">Where its bytes end, those that do not count included.</param>
/// <param name="ETag">Changes with every write, also of its metadata.</param>
/// <param name="LastModified">By the service's clock.</param>
/// <param name="IsAppendBlob">Whether blocks can be added to it.</param>
/// <param name="Blocks">How many were added.</param>
/// <param name="Marks">What the store noted with it.</param>
internal sealed record BlobState(long End, ETag ETag, DateTimeOffset LastModified, bool IsAppendBlob, int Blocks, BlobMarks Marks)
{
    public long Length => Marks.Cuts.VisibleLength(End);

    public string Tag => TagOf(ETag);

    public static BlobState Of(BlobProperties properties) => new(
        properties.ContentLength, properties.ETag, properties.LastModified, properties.BlobType == BlobType.Append,
        properties.BlobCommittedBlockCount, BlobMarks.Read(properties.Metadata));

    /// <summary>The tag as answers and listings both give it.</summary>
    public static string TagOf(ETag etag) => etag.ToString().Trim('"');

    public ObjectProperties Properties(string name) => new(name, Length, Tag, LastModified);
}
