using System.Text;
using System.Text.Json;

namespace Plumbline.GraphQL.Types;

/// <summary>Coerces one variable's JSON, reporting every fault with its path.</summary>
internal sealed class JsonInput(string variable, bool suggests, Action<string, JsonElement> report)
{
    private readonly List<string> _path = [];

    public object? Read(JsonElement value, GraphQLType type)
    {
        if (type is NonNullType nonNull)
        {
            if (value.ValueKind != JsonValueKind.Null) return Read(value, nonNull.Inner);
            Report(value, $"Expected non-nullable type \"{type}\" not to be null.");
            return null;
        }
        if (value.ValueKind == JsonValueKind.Null) return null;
        return type switch
        {
            ListType list => ReadList(value, list),
            InputObjectType input => ReadObject(value, input),
            EnumType choice => ReadEnum(value, choice),
            ScalarType scalar => ReadScalar(value, scalar),
            _ => null,
        };
    }

    private object?[] ReadList(JsonElement value, ListType list)
    {
        if (value.ValueKind != JsonValueKind.Array) return [Read(value, list.Item)];
        var items = new object?[value.GetArrayLength()];
        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            _path.Add($"[{i}]");
            items[i++] = Read(item, list.Item);
            _path.RemoveAt(_path.Count - 1);
        }
        return items;
    }

    private InputObjectValue? ReadObject(JsonElement value, InputObjectType type)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Report(value, $"Expected type \"{type}\" to be an object.");
            return null;
        }
        var values = new object?[type.Fields.Count];
        foreach (var field in type.Fields.Values) values[field.Index] = ReadField(value, field);
        CheckNames(value, type);
        if (type.IsOneOf) CheckOneOf(value, type);
        return new InputObjectValue(type, values);
    }

    private object? ReadField(JsonElement value, InputValue field)
    {
        if (value.TryGetProperty(field.Name, out var given))
        {
            _path.Add($".{field.Name}");
            var read = Read(given, field.Type);
            _path.RemoveAt(_path.Count - 1);
            return read;
        }
        if (field.DefaultLiteral is not null) return field.Default;
        if (field.Type.IsNonNull) Report(value, $"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");
        return InputObjectValue.Absent;
    }

    private void CheckNames(JsonElement value, InputObjectType type)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (type.Fields.ContainsKey(property.Name)) continue;
            var suggestions = DidYouMean(property.Name, type.Fields.Keys);
            Report(value, $"Field \"{property.Name}\" is not defined by type \"{type}\".{suggestions}");
        }
    }

    private void CheckOneOf(JsonElement value, InputObjectType type)
    {
        var given = value.EnumerateObject().Where(p => type.Fields.ContainsKey(p.Name)).ToArray();
        if (given.Length != 1)
        {
            Report(value, $"Exactly one key must be specified for OneOf type \"{type}\".");
            return;
        }
        if (given[0].Value.ValueKind != JsonValueKind.Null) return;
        _path.Add($".{given[0].Name}");
        Report(given[0].Value, $"Field \"{given[0].Name}\" must be non-null.");
        _path.RemoveAt(_path.Count - 1);
    }

    private EnumValue? ReadEnum(JsonElement value, EnumType type)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Report(
                value,
                $"Enum \"{type}\" cannot represent non-string value: "
                    + $"{Inspect.Json(value)}."
                    + $"{(value.ValueKind == JsonValueKind.Object ? "" : DidYouMean(value.GetRawText(), type.Values.Keys, "the enum value"))}");
            return null;
        }
        var text = value.GetString()!;
        if (type.Values.TryGetValue(text, out var found)) return found;
        Report(value, $"Value \"{text}\" does not exist in \"{type}\" enum.{DidYouMean(text, type.Values.Keys, "the enum value")}");
        return null;
    }

    private string DidYouMean(string input, IEnumerable<string> options, string? what = null) => suggests ? Suggestions.DidYouMean(input, options, what) : "";

    private object? ReadScalar(JsonElement value, ScalarType type)
    {
        try
        {
            return type.Codec.ReadVariable(value);
        }
        catch (InputCoercionException wrong)
        {
            Report(value, wrong.Message);
            return null;
        }
    }

    private void Report(JsonElement value, string message)
    {
        var prefix = new StringBuilder($"Variable \"${variable}\" got invalid value {Inspect.Json(value)}");
        if (_path.Count > 0) prefix.Append(" at \"").Append(variable).AppendJoin("", _path).Append('"');
        report($"{prefix}; {message}", value);
    }
}
