using System.Buffers.Text;

namespace Plumbline.Otlp.Wire;

/// <summary>The kind of an attribute's value.</summary>
public enum AnyKind : byte { None, String, Bool, Int, Double, Array, Map, Bytes }

/// <summary>An attribute's value as slices of the body: scalars decoded, arrays and maps still encoded.</summary>
public readonly ref struct AnyValue
{
    private readonly long _bits;

    private AnyValue(AnyKind kind, ReadOnlySpan<byte> bytes, long bits)
    {
        Kind = kind;
        Bytes = bytes;
        _bits = bits;
    }

    public AnyKind Kind { get; }

    /// <summary>UTF-8 of a string as sent, the bytes of bytes, the encoded message of an array or map.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public bool Bool => _bits != 0;

    public long Int => _bits;

    public double Double => BitConverter.Int64BitsToDouble(_bits);

    internal long Bits => _bits;

    internal static AnyValue Of(AnyKind kind, ReadOnlySpan<byte> bytes, long bits) => new(kind, bytes, bits);

    /// <summary>A string value over given bytes.</summary>
    public static AnyValue Text(ReadOnlySpan<byte> utf8) => new(AnyKind.String, utf8, 0);

    /// <summary>Decodes an encoded <c>AnyValue</c> message; of several alternatives the last counts.</summary>
    public static AnyValue Read(ReadOnlySpan<byte> message)
    {
        var value = default(AnyValue);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case Fields.AnyValue.StringValueTag: value = new(AnyKind.String, reader.Bytes(), 0); break;
                case Fields.AnyValue.BoolValueTag: value = new(AnyKind.Bool, default, reader.Varint() == 0 ? 0 : 1); break;
                case Fields.AnyValue.IntValueTag: value = new(AnyKind.Int, default, (long)reader.Varint()); break;
                case Fields.AnyValue.DoubleValueTag: value = new(AnyKind.Double, default, (long)reader.Fixed64()); break;
                case Fields.AnyValue.ArrayValueTag: value = new(AnyKind.Array, reader.Bytes(), 0); break;
                case Fields.AnyValue.KvlistValueTag: value = new(AnyKind.Map, reader.Bytes(), 0); break;
                case Fields.AnyValue.BytesValueTag: value = new(AnyKind.Bytes, reader.Bytes(), 0); break;
                default: reader.Skip(); break;
            }
        }
        return value;
    }

    /// <summary>The value as a whole number, also when it came as a double without fraction or as digits in a string.</summary>
    public bool TryGetInt64(out long value)
    {
        switch (Kind)
        {
            case AnyKind.Int:
                value = _bits;
                return true;
            case AnyKind.Double when double.IsInteger(Double) && Math.Abs(Double) < 9e18:
                value = (long)Double;
                return true;
            case AnyKind.String when Utf8Parser.TryParse(Bytes, out value, out var used) && used == Bytes.Length:
                return true;
            default:
                value = 0;
                return false;
        }
    }

    /// <summary>The value as a finite number, also when it came as an integer or as text.</summary>
    public bool TryGetDouble(out double value)
    {
        switch (Kind)
        {
            case AnyKind.Int:
                value = _bits;
                return true;
            case AnyKind.Double:
                value = Double;
                return double.IsFinite(value);
            case AnyKind.String when Utf8Parser.TryParse(Bytes, out value, out var used) && used == Bytes.Length:
                return double.IsFinite(value);
            default:
                value = 0;
                return false;
        }
    }
}

/// <summary>Walks the values of an encoded <c>ArrayValue</c>.</summary>
public ref struct AnyArray(ReadOnlySpan<byte> message)
{
    private ProtoReader _reader = new(message);

    public AnyValue Current { get; private set; }

    public readonly AnyArray GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_reader.Next())
        {
            if (_reader.Tag == Fields.List.ValuesTag)
            {
                Current = AnyValue.Read(_reader.Bytes());
                return true;
            }
            _reader.Skip();
        }
        return false;
    }
}

/// <summary>Walks the key-value pairs that a message holds under one field.</summary>
public ref struct KeyValues
{
    private readonly uint _tag;
    private ProtoReader _reader;

    internal KeyValues(ReadOnlySpan<byte> message, uint tag)
    {
        _tag = tag;
        _reader = new(message);
    }

    public ReadOnlySpan<byte> Key { get; private set; }

    public AnyValue Value { get; private set; }

    public readonly KeyValues Current => this;

    /// <summary>The pairs of an encoded <c>KeyValueList</c>.</summary>
    public static KeyValues OfMap(ReadOnlySpan<byte> message) => new(message, Fields.List.ValuesTag);

    public readonly KeyValues GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_reader.Next())
        {
            if (_reader.Tag == _tag)
            {
                Read(_reader.Bytes());
                return true;
            }
            _reader.Skip();
        }
        return false;
    }

    private void Read(ReadOnlySpan<byte> pair)
    {
        Key = default;
        Value = default;
        var inner = new ProtoReader(pair);
        while (inner.Next())
        {
            if (inner.Tag == Fields.KeyValue.KeyTag) Key = inner.Bytes();
            else if (inner.Tag == Fields.KeyValue.ValueTag) Value = AnyValue.Read(inner.Bytes());
            else inner.Skip();
        }
    }
}
