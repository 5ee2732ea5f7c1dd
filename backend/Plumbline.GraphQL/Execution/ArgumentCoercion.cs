using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>The arguments of a field as .NET values. https://spec.graphql.org/September2025/#CoerceArgumentValues()</summary>
internal static class ArgumentCoercion
{
    public static bool UsesVariables(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => Array.Exists(list.Values, UsesVariables),
        ObjectValueNode node => Array.Exists(node.Fields, f => UsesVariables(f.Value)),
        _ => false,
    };

    public static object?[] Coerce(FieldPlan plan, IReadOnlyDictionary<string, object?> variables)
    {
        var definitions = plan.Field.Arguments;
        var converters = plan.Resolver.ArgumentConverters;
        var values = new object?[definitions.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = Coerce(definitions[i], plan.Arguments[i], variables);
            try
            {
                values[i] = converters.Length == 0 ? value : converters[i](value);
            }
            catch (InputCoercionException wrong)
            {
                throw Invalid(definitions[i], plan.Arguments[i], wrong);
            }
        }
        return values;
    }

    private static object? Coerce(InputValue definition, ValueNode? literal, IReadOnlyDictionary<string, object?> variables)
    {
        if (literal is null)
        {
            if (definition.DefaultLiteral is not null) return definition.Default;
            if (definition.Type.IsNonNull)
                throw new ArgumentCoercionException($"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was not provided.", null);
            return InputObjectValue.Absent;
        }
        if (literal is VariableNode variable && !variables.ContainsKey(variable.Name.Value))
        {
            if (definition.DefaultLiteral is not null) return definition.Default;
            if (definition.Type.IsNonNull)
                throw new ArgumentCoercionException(
                    $"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was provided the variable \"${variable.Name}\" which "
                        + "was not provided a runtime value.",
                    literal);
            return InputObjectValue.Absent;
        }
        var isNull = literal is NullValueNode || (literal is VariableNode given && variables[given.Name.Value] is null);
        if (isNull && definition.Type.IsNonNull)
            throw new ArgumentCoercionException($"Argument \"{definition.Name}\" of non-null type \"{definition.Type}\" must not be null.", literal);
        try
        {
            return LiteralCoercion.Coerce(literal, definition.Type, variables);
        }
        catch (InputCoercionException wrong)
        {
            throw Invalid(definition, literal, wrong);
        }
    }

    private static ArgumentCoercionException Invalid(InputValue definition, ValueNode? literal, InputCoercionException wrong) =>
        new($"Argument \"{definition.Name}\" has invalid value {(literal is null ? "" : Printer.Print(literal))}. {wrong.Message}", literal);
}

/// <summary>An argument that cannot be coerced.</summary>
internal sealed class ArgumentCoercionException(string message, ValueNode? literal) : Exception(message)
{
    /// <summary>What is wrong, when something was given.</summary>
    public ValueNode? Literal { get; } = literal;
}
