using System.Text;
using System.Text.Json;

namespace Plumbline.TraceStore.Text;

/// <summary>An <see cref="AttributeCondition"/> made ready to run over the JSON objects of a span.</summary>
internal sealed class AttributePredicate
{
    private readonly byte[] _key;
    private readonly byte[]? _value;
    private readonly bool? _exists;

    public AttributePredicate(AttributeCondition filter)
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

    /// <summary>The attribute's name.</summary>
    public ReadOnlySpan<byte> Key => _key;

    /// <summary>The value asked for; null when none is.</summary>
    public byte[]? Value => _value;

    /// <summary>Whether the attribute has to be missing.</summary>
    public bool IsMissing => _exists == false;

    private (bool Found, bool Equal) Look(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || (json.IndexOf(_key) < 0 && json.IndexOf((byte)'\\') < 0)) return default;
        var members = new FlatObject(json);
        while (members.MoveNext())
        {
            if (!members.Key.SequenceEqual(_key)) continue;
            return (true, _value is not null && (members.IsEscaped ? EqualUnescaped(members.Quoted) : members.Value.SequenceEqual(_value)));
        }
        return members.IsOther ? LookAgain(json) : default;
    }

    private (bool Found, bool Equal) LookAgain(ReadOnlySpan<byte> json)
    {
        try
        {
            return Find(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default; // what is no JSON, or has escapes that are no text, has no attributes
        }
    }

    private bool EqualUnescaped(ReadOnlySpan<byte> quoted)
    {
        try
        {
            var reader = new Utf8JsonReader(quoted);
            return reader.Read() && reader.ValueTextEquals(_value);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
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
