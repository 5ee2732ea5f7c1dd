using System.Globalization;
using System.Text.Json;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>Coerced values as literals again, for variables inside the literal of a custom scalar.</summary>
internal static class ScalarLiteral
{
    public static ValueNode From(object? value) => value switch
    {
        null => new NullValueNode(),
        bool flag => new BooleanValueNode(flag),
        int or long => new IntValueNode(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        double or decimal => new FloatValueNode(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        EnumValue choice => new EnumValueNode(choice.Name),
        object?[] items => new ListValueNode(Array.ConvertAll(items, From)),
        InputObjectValue input => new ObjectValueNode([.. input.Type.Fields.Values.Where(f => input.Values[f.Index] != InputObjectValue.Absent)
            .Select(f => new ObjectFieldNode(new Name(f.Name, 0), From(input.Values[f.Index])))]),
        JsonElement json => From(json),
        _ => new StringValueNode(Convert.ToString(value, CultureInfo.InvariantCulture)!, false),
    };

    private static ValueNode From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => new NullValueNode(),
        JsonValueKind.True or JsonValueKind.False => new BooleanValueNode(json.GetBoolean()),
        JsonValueKind.Number => json.TryGetInt64(out _) ? new IntValueNode(json.GetRawText()) : new FloatValueNode(json.GetRawText()),
        JsonValueKind.String => new StringValueNode(json.GetString()!, false),
        JsonValueKind.Array => new ListValueNode([.. json.EnumerateArray().Select(From)]),
        _ => new ObjectValueNode([.. json.EnumerateObject().Select(p => new ObjectFieldNode(new Name(p.Name, 0), From(p.Value)))]),
    };
}
