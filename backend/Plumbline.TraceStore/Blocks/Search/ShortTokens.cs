using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.TraceStore.Blocks.Search;

/// <summary>Finds tokens of up to eight bytes, which most words are, with one look into memory: the token itself is the key.</summary>
internal sealed class ShortTokens
{
    /// <summary>Bytes of the longest token held.</summary>
    public const int Longest = 8;
    private Entry[] _entries = new Entry[4096];
    private int _count;

    /// <summary>What is known of a token.</summary>
    public struct Entry
    {
        internal ulong Key;

        /// <summary>Its code, 0 when it is new.</summary>
        public int Code;

        /// <summary>The page it was last seen in, plus one.</summary>
        public int LastPage;
    }

    /// <summary>The entry of the token at <paramref name="start"/>, which holds no zero byte; good until the next call.</summary>
    public ref Entry At(ReadOnlySpan<byte> text, int start, int length)
    {
        var key = KeyOf(text, start, length);
        ref var entry = ref Find(_entries, key);
        if (entry.Key == key) return ref entry;
        if (++_count * 2 > _entries.Length)
        {
            Grow();
            entry = ref Find(_entries, key);
        }
        entry.Key = key;
        return ref entry;
    }

    private static ulong KeyOf(ReadOnlySpan<byte> text, int start, int length)
    {
        if (start + sizeof(ulong) <= text.Length)
        {
            var whole = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), start));
            return whole & (ulong.MaxValue >> (64 - (8 * length)));
        }
        var key = 0ul;
        for (var i = 0; i < length; i++) key |= (ulong)text[start + i] << (8 * i);
        return key;
    }

    private static ref Entry Find(Entry[] entries, ulong key)
    {
        var mask = entries.Length - 1;
        var at = (int)((key * 0x9E3779B97F4A7C15) >> (64 - BitOperations.Log2((uint)entries.Length)));
        while (entries[at].Key != 0 && entries[at].Key != key) at = (at + 1) & mask;
        return ref entries[at];
    }

    private void Grow()
    {
        var before = _entries;
        _entries = new Entry[before.Length * 2];
        foreach (var entry in before)
        {
            if (entry.Key != 0) Find(_entries, entry.Key) = entry;
        }
    }
}
