using Plumbline.TraceStore.Blocks.Encodings;

namespace Plumbline.TraceStore.Blocks;

/// <summary>Where a page is.</summary>
internal readonly record struct PageEntry(
    PageKind Kind, byte Field, int FirstRow, long Offset, int Length, int RawLength, uint Crc, PageCompression Compression);
