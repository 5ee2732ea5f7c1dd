using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks.Attributes;

/// <summary>The attributes that a block keeps columns of; ../FORMAT.md describes the bytes.</summary>
/// <param name="keys">Their names, by the numbers of their pages.</param>
/// <param name="isComplete">Whether spans have no others.</param>
/// <param name="unread">Spans whose attributes are no JSON that columns can be made of, rising.</param>
internal sealed class AttributeIndex(Dictionary<byte[], byte> keys, bool isComplete, int[] unread)
{
    /// <summary>Bytes of the longest value that is kept whole; longer ones are read where they are asked for.</summary>
    public const int LongestValue = 64;

    /// <summary>Most attributes of a block that get a column; those most spans have.</summary>
    public const int MostKeys = 250;

    /// <summary>Whether spans have no attributes but those with columns and those unread.</summary>
    public bool IsComplete => isComplete;

    /// <summary>Spans whose attributes have to be read, rising.</summary>
    public ReadOnlySpan<int> Unread => unread;

    /// <summary>Bytes held in memory.</summary>
    public long Size => keys.Sum(k => 64L + k.Key.Length) + (4L * unread.Length);

    /// <summary>The number of the attribute's page.</summary>
    public bool TryFind(ReadOnlySpan<byte> key, out byte page) => keys.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out page);

    /// <summary>Writes the page of names.</summary>
    public static void Write(IReadOnlyList<byte[]> keys, bool isComplete, IReadOnlyList<int> unread, ByteBuffer into)
    {
        into.Write((byte)(isComplete ? 1 : 0));
        Varint.Write((ulong)unread.Count, into);
        var last = 0;
        foreach (var row in unread)
        {
            Varint.Write((ulong)(row - last), into);
            last = row;
        }
        into.Write((byte)keys.Count);
        foreach (var key in keys)
        {
            Varint.Write((ulong)key.Length, into);
            into.Write(key);
        }
    }

    /// <summary>Reads the page of names; null when it is none.</summary>
    public static AttributeIndex? Read(byte[] page, int spans)
    {
        var reader = new VarintReader(page);
        var complete = reader.Read();
        var unread = new List<int>();
        var row = 0L;
        for (var left = reader.ReadInt(); left > 0 && !reader.IsFaulty; left--)
        {
            row += reader.ReadInt();
            if (row >= spans) return null;
            unread.Add((int)row);
        }
        var keys = new Dictionary<byte[], byte>(Utf8Equality.Instance);
        if (reader.IsFaulty || reader.At >= page.Length) return null;
        var count = page[reader.At];
        reader = new VarintReader(page, reader.At + 1);
        for (var number = 0; number < count; number++)
        {
            var length = reader.ReadInt();
            if (reader.IsFaulty || length > page.Length - reader.At) return null;
            keys[page.AsSpan(reader.At, length).ToArray()] = (byte)number;
            reader = new VarintReader(page, reader.At + length);
        }
        return reader.IsAtEnd && complete <= 1 ? new AttributeIndex(keys, complete == 1, [.. unread]) : null;
    }
}

/// <summary>Compares texts by their bytes.</summary>
internal sealed class Utf8Equality : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static Utf8Equality Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(byte[] obj) => (int)Utf8Interner.Hash(obj);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)Utf8Interner.Hash(alternate);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
