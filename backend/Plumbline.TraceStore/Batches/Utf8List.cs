using System.Buffers.Binary;
using System.Text;

namespace Plumbline.TraceStore;

/// <summary>The items of a list field, as UTF-8 slices.</summary>
public ref struct Utf8List(ReadOnlySpan<byte> encoded)
{
    private ReadOnlySpan<byte> _rest = encoded;

    /// <summary>The item the enumeration stands at.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly Utf8List GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        Current = _rest.Slice(4, length);
        _rest = _rest[(4 + length)..];
        return true;
    }

    /// <summary>All items as strings.</summary>
    public readonly string[] ToArray()
    {
        var items = new List<string>();
        foreach (var item in this) items.Add(Encoding.UTF8.GetString(item));
        return [.. items];
    }
}
