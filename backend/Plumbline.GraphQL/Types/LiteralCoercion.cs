using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>Coerces literals, with the variables in them, to input values. https://spec.graphql.org/September2025/#sec-Coercing-Arguments
/// Lists become <c>object?[]</c>, enums <see cref="EnumValue"/>, input objects <see cref="InputObjectValue"/>, scalars what their codec makes.</summary>
internal static class LiteralCoercion
{
    /// <summary>Coerces a literal to a type.</summary>
    /// <param name="variables">Coerced values by name; a name that is missing was not given.</param>
    /// <exception cref="InputCoercionException">The literal does not fit the type.</exception>
    public static object? Coerce(ValueNode literal, GraphQLType type, IReadOnlyDictionary<string, object?>? variables)
    {
        if (literal is VariableNode variable) return FromVariable(variable, type, variables);
        if (type is NonNullType nonNull)
        {
            if (literal is NullValueNode) throw new InputCoercionException($"Expected value of type \"{type}\", found null.");
            return Coerce(literal, nonNull.Inner, variables);
        }
        if (literal is NullValueNode) return null;
        return type switch
        {
            ListType list => CoerceList(literal, list, variables),
            InputObjectType input => CoerceObject(literal, input, variables),
            EnumType choice => CoerceEnum(literal, choice),
            ScalarType scalar => scalar.Codec.ReadLiteral(Substitute(literal, variables)),
            _ => throw new InputCoercionException($"{type} is not an input type."),
        };
    }

    private static object? FromVariable(VariableNode variable, GraphQLType type, IReadOnlyDictionary<string, object?>? variables)
    {
        object? value = null;
        var given = variables is not null && variables.TryGetValue(variable.Name.Value, out value);
        if (type.IsNonNull && (!given || value is null))
            throw new InputCoercionException($"Expected value of type \"{type}\", but variable \"${variable.Name}\" is null or was not given.");
        return given ? Wrap(value, type) : InputObjectValue.Absent;
    }

    /// <summary>A variable of type T may stand where a list of T is expected.</summary>
    private static object? Wrap(object? value, GraphQLType type) =>
        value is not null && type.Nullable is ListType list && value is not object?[]? new[] { Wrap(value, list.Item) } : value;

    private static object?[] CoerceList(ValueNode literal, ListType list, IReadOnlyDictionary<string, object?>? variables)
    {
        if (literal is not ListValueNode node) return [Coerce(literal, list.Item, variables)];
        var items = new object?[node.Values.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var item = Coerce(node.Values[i], list.Item, variables);
            items[i] = item == InputObjectValue.Absent ? null : item;
        }
        return items;
    }

    private static InputObjectValue CoerceObject(ValueNode literal, InputObjectType type, IReadOnlyDictionary<string, object?>? variables)
    {
        if (literal is not ObjectValueNode node) throw new InputCoercionException($"Expected value of type \"{type}\", found {Printer.Print(literal)}.");
        var values = new object?[type.Fields.Count];
        Array.Fill(values, InputObjectValue.Absent);
        foreach (var field in node.Fields)
        {
            if (!type.Fields.TryGetValue(field.Name.Value, out var definition))
                throw new InputCoercionException($"Field \"{field.Name}\" is not defined by type \"{type}\".");
            if (IsMissing(field.Value, variables) && !definition.IsRequired) continue;
            values[definition.Index] = Coerce(field.Value, definition.Type, variables);
        }
        return Complete(type, values);
    }

    /// <summary>Fills defaults and checks what must be there.</summary>
    public static InputObjectValue Complete(InputObjectType type, object?[] values)
    {
        var given = 0;
        foreach (var field in type.Fields.Values)
        {
            if (values[field.Index] != InputObjectValue.Absent)
            {
                given++;
                if (type.IsOneOf && values[field.Index] is null) throw new InputCoercionException($"Field \"{field.Name}\" must be non-null.");
                continue;
            }
            if (field.DefaultLiteral is not null) values[field.Index] = field.Default;
            else if (field.Type.IsNonNull) throw new InputCoercionException($"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");
        }
        if (type.IsOneOf && given != 1) throw new InputCoercionException($"Exactly one key must be specified for OneOf type \"{type}\".");
        return new InputObjectValue(type, values);
    }

    private static bool IsMissing(ValueNode literal, IReadOnlyDictionary<string, object?>? variables) =>
        literal is VariableNode variable && (variables is null || !variables.ContainsKey(variable.Name.Value));

    private static EnumValue CoerceEnum(ValueNode literal, EnumType type) =>
        literal is EnumValueNode node && type.Values.TryGetValue(node.Value, out var value)
            ? value
            : throw new InputCoercionException($"Value {Printer.Print(literal)} does not exist in \"{type}\" enum.");

    /// <summary>Variables inside a custom scalar's literal (an object of JSON, say) stand for their coerced values.</summary>
    private static ValueNode Substitute(ValueNode literal, IReadOnlyDictionary<string, object?>? variables) => literal switch
    {
        VariableNode variable => ScalarLiteral.From(variables is not null && variables.TryGetValue(variable.Name.Value, out var value) ? value : null),
        ListValueNode list => new ListValueNode(Array.ConvertAll(list.Values, v => Substitute(v, variables))),
        ObjectValueNode node => new ObjectValueNode(Array.ConvertAll(node.Fields, f => new ObjectFieldNode(f.Name, Substitute(f.Value, variables)))),
        _ => literal,
    };
}
