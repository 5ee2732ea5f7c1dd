using System.Text;
using System.Text.Json;

namespace Plumbline.TraceStore;

/// <summary>An <see cref="AttributeFilter"/> made ready to run over the JSON objects of a span.</summary>
internal sealed class AttributePredicate
{
    private readonly byte[] _key;
    private readonly byte[]? _value;
    private readonly bool? _exists;

    public AttributePredicate(AttributeFilter filter)
    {
        _key = Encoding.UTF8.GetBytes(filter.Key);
        _value = filter.Eq is null ? null : Encoding.UTF8.GetBytes(filter.Eq);
        _exists = filter.Exists;
    }

    public bool Accepts(ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> resource)
    {
        var (found, equal) = Look(attributes);
        if (!found) (found, equal) = Look(resource);
        if (_exists == false) return !found && _value is null;
        return found && (_value is null || equal);
    }

    private (bool Found, bool Equal) Look(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || (json.IndexOf(_key) < 0 && json.IndexOf((byte)'\\') < 0)) return default;
        try
        {
            return Find(json);
        }
        catch (JsonException)
        {
            return default; // what is no JSON has no attributes
        }
    }

    private (bool Found, bool Equal) Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var hit = reader.ValueTextEquals(_key);
            reader.Read();
            if (hit) return (true, _value is not null && Equal(ref reader, json));
            reader.Skip();
        }
        return default;
    }

    private bool Equal(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.ValueTextEquals(_value);
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed].SequenceEqual(_value);
    }
}
