using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Plumbline.TraceStore.Blocks.Encodings;

/// <summary>Zstandard (RFC 8878) through the system's libzstd, where there is one.</summary>
internal static unsafe class Zstd
{
    private static readonly string[] Names = ["libzstd.so.1", "libzstd.so", "libzstd.1.dylib", "libzstd.dll"];
    private static readonly ConcurrentBag<nint> Compressors = [];
    private static readonly ConcurrentBag<nint> Decompressors = [];
    private static readonly delegate* unmanaged<nint> CreateCompressor;
    private static readonly delegate* unmanaged<nint> CreateDecompressor;
    private static readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int, nuint> CompressWith;
    private static readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint> DecompressWith;
    private static readonly delegate* unmanaged<nuint, nuint> Bound;
    private static readonly delegate* unmanaged<nuint, uint> IsError;

    static Zstd()
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            CreateCompressor = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "ZSTD_createCCtx");
            CreateDecompressor = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "ZSTD_createDCtx");
            CompressWith = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int, nuint>)NativeLibrary.GetExport(library, "ZSTD_compressCCtx");
            DecompressWith = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint>)NativeLibrary.GetExport(library, "ZSTD_decompressDCtx");
            Bound = (delegate* unmanaged<nuint, nuint>)NativeLibrary.GetExport(library, "ZSTD_compressBound");
            IsError = (delegate* unmanaged<nuint, uint>)NativeLibrary.GetExport(library, "ZSTD_isError");
            IsAvailable = true;
            return;
        }
    }

    public static bool IsAvailable { get; }

    public static int MaxLength(int length) => (int)Bound((nuint)length);

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> destination, int level)
    {
        if (!Compressors.TryTake(out var context)) context = CreateCompressor();
        fixed (byte* from = source, to = destination)
        {
            var written = CompressWith(context, to, (nuint)destination.Length, from, (nuint)source.Length, level);
            Compressors.Add(context);
            return IsError(written) == 0 ? (int)written : throw new InvalidOperationException("libzstd could not compress a page.");
        }
    }

    /// <summary>Fills the destination.</summary>
    /// <returns>Whether the source was a frame of exactly the destination's length.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!Decompressors.TryTake(out var context)) context = CreateDecompressor();
        fixed (byte* from = source, to = destination)
        {
            var written = DecompressWith(context, to, (nuint)destination.Length, from, (nuint)source.Length);
            Decompressors.Add(context);
            return IsError(written) == 0 && written == (nuint)destination.Length;
        }
    }
}
