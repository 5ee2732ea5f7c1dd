using System.Buffers;
using System.IO.Compression;
using Plumbline.TraceStore.Batches;

namespace Plumbline.TraceStore.Blocks.Encodings;

/// <summary>How a page's bytes are compressed. The numbers are part of the format.</summary>
internal enum PageCompression : byte
{
    None = 0,
    Brotli = 1,
    Zstd = 2,
}

/// <summary>Compresses pages and takes them apart again.</summary>
internal static class PageCodec
{
    /// <summary>Appends the page in the form that is smallest at this effort.</summary>
    /// <param name="raw">The page.</param>
    /// <param name="level">Effort of Zstandard, 1 to 19; Brotli is used at quality 1 where the library is missing.</param>
    /// <param name="into">Receives the bytes.</param>
    public static PageCompression Compress(ReadOnlySpan<byte> raw, int level, ByteBuffer into)
    {
        if (raw.Length < 64)
        {
            into.Write(raw);
            return PageCompression.None;
        }
        var most = Zstd.IsAvailable ? Zstd.MaxLength(raw.Length) : BrotliEncoder.GetMaxCompressedLength(raw.Length);
        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var written = Zstd.IsAvailable ? Zstd.Compress(raw, rented, level) : Brotli(raw, rented);
            if (written >= raw.Length - (raw.Length / 32))
            {
                into.Write(raw);
                return PageCompression.None;
            }
            into.Write(rented.AsSpan(0, written));
            return Zstd.IsAvailable ? PageCompression.Zstd : PageCompression.Brotli;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Fills <paramref name="raw"/> with the page.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Decompress(PageCompression compression, ReadOnlySpan<byte> stored, Span<byte> raw)
    {
        switch (compression)
        {
            case PageCompression.None:
                if (stored.Length != raw.Length) return "a page has not the length it should have";
                stored.CopyTo(raw);
                return null;
            case PageCompression.Brotli:
                return BrotliDecoder.TryDecompress(stored, raw, out var written) && written == raw.Length ? null : "a page cannot be decompressed";
            case PageCompression.Zstd:
                if (!Zstd.IsAvailable) return "a page is compressed with Zstandard, and libzstd is not installed here";
                return Zstd.TryDecompress(stored, raw) ? null : "a page cannot be decompressed";
            default:
                return "a page's compression is unknown";
        }
    }

    private static int Brotli(ReadOnlySpan<byte> raw, Span<byte> into) =>
        BrotliEncoder.TryCompress(raw, into, out var written, quality: 1, window: 20)
            ? written
            : throw new InvalidOperationException("A page could not be compressed.");
}
