using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>The attributes of one span, found by name without a string being made. Reused from span to span.</summary>
internal sealed class AttributeTable
{
    private Slot[] _slots = new Slot[64];
    private int[] _buckets = new int[128];
    private byte[] _own = new byte[4096];
    private int _ownLength;

    public int Count { get; private set; }

    /// <summary>How many of them came as attributes of the span itself; the rest was borrowed from an event or a log record.</summary>
    public int OwnCount { get; private set; }

    /// <summary>The families of all names.</summary>
    public KeyFamilies Families { get; private set; }

    public void Clear()
    {
        Count = OwnCount = 0;
        Families = KeyFamilies.None;
        _ownLength = 0;
        Array.Clear(_buckets);
    }

    /// <summary>Adds an attribute of the span. Of two with one name the later counts.</summary>
    public void Add(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, in AnyValue value)
    {
        Put(body, key, value, replace: true);
        OwnCount = Count;
    }

    /// <summary>Adds what an event or a log record says, unless the span says it itself.</summary>
    public void Borrow(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, in AnyValue value) => Put(body, key, value, replace: false);

    /// <summary>Keeps bytes that are no part of the body as long as the span.</summary>
    public ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        var at = Store(bytes);
        return _own.AsSpan(at, bytes.Length);
    }

    public int Find(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, uint hash)
    {
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i != 0; i = _slots[i - 1].Next)
        {
            if (_slots[i - 1].Hash == hash && Key(body, i - 1).SequenceEqual(key)) return i - 1;
        }
        return -1;
    }

    public ReadOnlySpan<byte> Key(ReadOnlySpan<byte> body, int index) => Resolve(body, _slots[index].KeyAt, _slots[index].KeyLength);

    public AnyValue Value(ReadOnlySpan<byte> body, int index)
    {
        ref var slot = ref _slots[index];
        return AnyValue.Of(slot.Kind, Resolve(body, slot.ValueAt, slot.ValueLength), slot.Bits);
    }

    private void Put(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, in AnyValue value, bool replace)
    {
        var hash = AttributeKey.HashOf(key);
        var index = Find(body, key, hash);
        if (index >= 0 && !replace) return;
        if (index < 0)
        {
            if (Count == _slots.Length) Grow();
            index = Count++;
            Families |= KeyFamily.Of(key);
            ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
            _slots[index] = new() { Hash = hash, Next = bucket, KeyAt = Locate(body, key), KeyLength = key.Length };
            bucket = index + 1;
        }
        ref var slot = ref _slots[index];
        slot.Kind = value.Kind;
        slot.Bits = value.Bits;
        slot.ValueAt = Locate(body, value.Bytes);
        slot.ValueLength = value.Bytes.Length;
    }

    private void Grow()
    {
        Array.Resize(ref _slots, _slots.Length * 2);
        _buckets = new int[_slots.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            ref var bucket = ref _buckets[_slots[i].Hash & (_buckets.Length - 1)];
            _slots[i].Next = bucket;
            bucket = i + 1;
        }
    }

    // Bytes within the body are kept as an offset; others are copied and kept as a negative offset into the table's own bytes.
    private int Locate(ReadOnlySpan<byte> body, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return 0;
        var offset = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(body), ref MemoryMarshal.GetReference(bytes));
        if (offset >= 0 && offset + bytes.Length <= body.Length) return (int)offset;
        offset = Unsafe.ByteOffset(ref _own[0], ref MemoryMarshal.GetReference(bytes));
        return offset >= 0 && offset + bytes.Length <= _ownLength ? ~(int)offset : ~Store(bytes);
    }

    private ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> body, int at, int length) => at >= 0 ? body.Slice(at, length) : _own.AsSpan(~at, length);

    private int Store(ReadOnlySpan<byte> bytes)
    {
        if (_own.Length - _ownLength < bytes.Length) Array.Resize(ref _own, Math.Max(_own.Length * 2, _ownLength + bytes.Length));
        bytes.CopyTo(_own.AsSpan(_ownLength));
        _ownLength += bytes.Length;
        return _ownLength - bytes.Length;
    }

    private struct Slot
    {
        public uint Hash;
        public int Next;
        public int KeyAt;
        public int KeyLength;
        public int ValueAt;
        public int ValueLength;
        public long Bits;
        public AnyKind Kind;
    }
}
