using Plumbline.ObjectStore.Azure.Blobs;

namespace Plumbline.ObjectStore.Azure.Appends;

/// <summary>The end of an object that was put. The service cannot add to such a blob, so each append writes it anew; logs are not begun like that.</summary>
internal sealed class BlockBlobTail(BlobContainer blobs, string name, BlobState found) : IBlobTail
{
    private readonly BlobReader _reader = new(blobs);
    private readonly BlobWriter _writer = new(blobs);
    private string _tag = found.Tag;

    public long Length { get; private set; } = found.Length;

    public bool IsNearlyFull => false;

    public Task AppendAsync(byte[] bytes) => WriteAsync(content => [.. content, .. bytes]);

    public Task TruncateAsync(long length) => WriteAsync(content => content[..(int)length]);

    private async Task WriteAsync(Func<byte[], byte[]> change)
    {
        try
        {
            var now = await _reader.GetAsync(name, CancellationToken.None).ConfigureAwait(false);
            if (now is not { } current || current.State.Tag != _tag) throw new AppendConflictException(name, Length, null);
            var content = change(current.Content);
            _tag = await _writer.PutAsync(name, content, PutCondition.Matches(_tag), CancellationToken.None).ConfigureAwait(false);
            Length = content.Length;
        }
        catch (PreconditionFailedException)
        {
            throw new AppendConflictException(name, Length, null);
        }
    }
}
