using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Plumbline.TraceStore.Batches;

namespace Plumbline.TraceStore.Text;

/// <summary>A text looked for in UTF-8 bytes, ignoring case as <see cref="CaseFold"/> defines it.</summary>
internal sealed class Needle
{
    [ThreadStatic]
    private static ByteBuffer? s_folded;
    private readonly byte[] _folded;
    private readonly bool _ascii;

    public Needle(string text)
    {
        _folded = CaseFold.Fold(text);
        _ascii = Ascii.IsValid(_folded);
    }

    /// <summary>The folded bytes looked for.</summary>
    public ReadOnlySpan<byte> Folded => _folded;

    public bool IsEmpty => _folded.Length == 0;

    public bool IsIn(ReadOnlySpan<byte> haystack)
    {
        if (_folded.Length == 0) return true;
        if (_ascii) return haystack.Length >= _folded.Length && IsInAscii(haystack);
        return FoldOf(haystack).IndexOf(_folded) >= 0;
    }

    public bool IsPrefixOf(ReadOnlySpan<byte> haystack)
    {
        if (_ascii) return haystack.Length >= _folded.Length && EqualsAscii(haystack[.._folded.Length]);
        return FoldOf(haystack).StartsWith(_folded);
    }

    private static ReadOnlySpan<byte> FoldOf(ReadOnlySpan<byte> haystack)
    {
        var buffer = s_folded ??= new ByteBuffer(4096);
        buffer.Clear();
        CaseFold.Fold(haystack, buffer);
        return buffer.Written;
    }

    // First and last byte are compared for a whole vector of positions at once; only where both fit are the bytes between looked at.
    private bool IsInAscii(ReadOnlySpan<byte> haystack)
    {
        var last = _folded.Length - 1;
        ref var start = ref MemoryMarshal.GetReference(haystack);
        var positions = haystack.Length - last;
        var i = 0;
        if (Vector256.IsHardwareAccelerated && positions >= Vector256<byte>.Count)
        {
            var (firstMask, first) = Lane(_folded[0]);
            var (lastMask, end) = Lane(_folded[last]);
            for (; i <= positions - Vector256<byte>.Count; i += Vector256<byte>.Count)
            {
                var head = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)i) | firstMask, first);
                var tail = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(i + last)) | lastMask, end);
                for (var hits = (head & tail).ExtractMostSignificantBits(); hits != 0; hits &= hits - 1)
                {
                    if (EqualsAscii(haystack.Slice(i + BitOperations.TrailingZeroCount(hits), _folded.Length))) return true;
                }
            }
        }
        for (; i < positions; i++)
        {
            if (EqualsAscii(haystack.Slice(i, _folded.Length))) return true;
        }
        return false;
    }

    private static (Vector256<byte> Mask, Vector256<byte> Value) Lane(byte b)
    {
        var mask = b is >= (byte)'a' and <= (byte)'z' ? (byte)0x20 : (byte)0;
        return (Vector256.Create(mask), Vector256.Create(b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EqualsAscii(ReadOnlySpan<byte> candidate)
    {
        var folded = _folded;
        for (var i = 0; i < folded.Length; i++)
        {
            var b = candidate[i];
            if (b is >= (byte)'A' and <= (byte)'Z') b |= 0x20;
            if (b != folded[i]) return false;
        }
        return true;
    }
}
