using System.Runtime.InteropServices;
using System.Text;

namespace Plumbline.Otlp.Mapping;

/// <summary>An attribute's name, hashed once.</summary>
internal readonly struct AttributeKey
{
    private AttributeKey(string name)
    {
        Name = name;
        Utf8 = Encoding.UTF8.GetBytes(name);
        Hash = HashOf(Utf8);
        KnownNames.Add(name);
    }

    public string Name { get; }

    public byte[] Utf8 { get; }

    public uint Hash { get; }

    public static implicit operator AttributeKey(string name) => new(name);

    /// <summary>Eight bytes at a time, so that names that share a long prefix or suffix still differ.</summary>
    public static uint HashOf(ReadOnlySpan<byte> name)
    {
        var hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
        while (name.Length >= 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(name)) * 0xD6E8FEB86659FD93;
            hash ^= hash >> 32;
            name = name[8..];
        }
        foreach (var b in name) hash = (hash ^ b) * 0x100000001B3;
        return (uint)(hash ^ (hash >> 29));
    }
}
