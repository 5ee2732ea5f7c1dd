using System.Text.Json;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Types;

/// <summary>Coerces the variables of a request. https://spec.graphql.org/September2025/#CoerceVariableValues()</summary>
internal static class VariableCoercion
{
    private const int MaxErrors = 50;

    public static Dictionary<string, object?> Coerce(
        Schema schema, DocumentNode document, OperationDefinitionNode operation, JsonElement variables, List<GraphQLError> errors, bool suggests = true)
    {
        var values = new Dictionary<string, object?>(operation.Variables.Length, StringComparer.Ordinal);
        foreach (var definition in operation.Variables)
        {
            var name = definition.Variable.Name.Value;
            if (TypeFrom(schema, definition.Type) is not { IsInput: true } type)
            {
                errors.Add(Error(
                    document, definition.Type,
                    $"Variable \"${name}\" expected value of type \"{definition.Type}\" which cannot be used as an input type."));
                continue;
            }
            if (variables.ValueKind != JsonValueKind.Object || !variables.TryGetProperty(name, out var given)) given = default;
            if (given.ValueKind == JsonValueKind.Undefined)
            {
                if (definition.DefaultValue is not null) values[name] = LiteralCoercion.Coerce(definition.DefaultValue, type, null);
                else if (type.IsNonNull) errors.Add(Error(document, definition, $"Variable \"${name}\" of required type \"{type}\" was not provided."));
                continue;
            }
            if (given.ValueKind == JsonValueKind.Null && type.IsNonNull)
            {
                errors.Add(Error(document, definition, $"Variable \"${name}\" of non-null type \"{type}\" must not be null."));
                continue;
            }
            values[name] = new JsonInput(name, suggests, (message, _) =>
            {
                if (errors.Count < MaxErrors) errors.Add(Error(document, definition, message));
            }).Read(given, type);
        }
        return values;
    }

    private static GraphQLError Error(DocumentNode document, Node node, string message) =>
        new(ErrorCodes.BadUserInput, message) { Locations = [document.LocationOf(node)] };

    public static GraphQLType? TypeFrom(Schema schema, TypeNode node) => node switch
    {
        NonNullTypeNode nonNull => TypeFrom(schema, nonNull.Inner) is { } inner ? new NonNullType(inner) : null,
        ListTypeNode list => TypeFrom(schema, list.Item) is { } item ? new ListType(item) : null,
        NamedTypeNode named => schema.Type(named.Name.Value),
        _ => null,
    };
}
