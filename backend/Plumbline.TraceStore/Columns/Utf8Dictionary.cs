using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Plumbline.TraceStore.Columns;

/// <summary>Texts by code. Code 0 is the absent text. A view: the dictionary it was taken from may have grown since.</summary>
internal readonly struct Utf8Dictionary(byte[] data, int[] ends, int count)
{
    /// <summary>Number of codes, the absent text included.</summary>
    public int Count => count;

    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            if (code == 0) return default;
            var from = ends[code - 1];
            return data.AsSpan(from, ends[code] - from);
        }
    }

    public string? Text(int code) => code == 0 ? null : Encoding.UTF8.GetString(this[code]);

    /// <summary>The code of a text, or -1; looks at every entry.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        for (var code = 1; code < count; code++)
        {
            if (ends[code] - ends[code - 1] == text.Length && this[code].SequenceEqual(text)) return code;
        }
        return -1;
    }
}

/// <summary>Gives each distinct text a code, 1 upward, in order of appearance. One writer; views may be read beside it.</summary>
internal sealed class Utf8Interner
{
    private byte[] _data = new byte[256];
    private int[] _ends = new int[16];
    private uint[] _hashes = new uint[16];
    private int[] _slots = new int[32];
    private int _last;

    /// <summary>Number of codes, the absent text included.</summary>
    public int Count { get; private set; } = 1;

    public Utf8Dictionary View => new(_data, _ends, Count);

    public int Intern(ReadOnlySpan<byte> text)
    {
        // Spans come in runs that share most of their texts.
        if (_last != 0 && View[_last].SequenceEqual(text)) return _last;
        var hash = Hash(text);
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var code = _slots[slot];
            if (_hashes[code] == hash && View[code].SequenceEqual(text)) return _last = code;
        }
        return _last = Add(text, hash, slot);
    }

    private int Add(ReadOnlySpan<byte> text, uint hash, int slot)
    {
        var code = Count;
        var start = _ends[code - 1];
        var end = checked(start + text.Length);
        if (end > _data.Length) Array.Resize(ref _data, Math.Max(end, _data.Length * 2));
        if (code == _ends.Length)
        {
            Array.Resize(ref _ends, code * 2);
            Array.Resize(ref _hashes, code * 2);
        }
        text.CopyTo(_data.AsSpan(start));
        _ends[code] = end;
        _hashes[code] = hash;
        _slots[slot] = code;
        Count++;
        if (Count * 2 > _slots.Length) Rehash();
        return code;
    }

    private void Rehash()
    {
        var slots = new int[_slots.Length * 2];
        var mask = slots.Length - 1;
        for (var code = 1; code < Count; code++)
        {
            var slot = (int)_hashes[code] & mask;
            while (slots[slot] != 0) slot = (slot + 1) & mask;
            slots[slot] = code;
        }
        _slots = slots;
    }

    internal static uint Hash(ReadOnlySpan<byte> text)
    {
        var h = 0x9E3779B97F4A7C15ul ^ (ulong)text.Length;
        ref var at = ref MemoryMarshal.GetReference(text);
        var rest = text.Length;
        for (; rest >= 8; rest -= 8, at = ref Unsafe.Add(ref at, 8)) h = Mix(h ^ Unsafe.ReadUnaligned<ulong>(ref at));
        var tail = 0ul;
        for (var i = 0; i < rest; i++) tail |= (ulong)Unsafe.Add(ref at, i) << (8 * i);
        h = Mix(h ^ tail);
        return (uint)(h ^ (h >> 32));
    }

    private static ulong Mix(ulong x)
    {
        x *= 0xD6E8FEB86659FD93ul;
        return x ^ (x >> 32);
    }
}
