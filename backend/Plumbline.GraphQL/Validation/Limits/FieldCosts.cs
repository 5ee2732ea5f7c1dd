using System.Collections.Frozen;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Limits;

/// <summary>What fields cost that say so.</summary>
internal static class FieldCosts
{
    /// <summary>Finds the fields that were named.</summary>
    /// <exception cref="GraphQLSchemaException">One is not in the schema.</exception>
    public static FrozenDictionary<FieldDefinition, int> Bind(Schema schema, IReadOnlyDictionary<string, int> costs)
    {
        var found = new Dictionary<FieldDefinition, int>();
        foreach (var (name, cost) in costs)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var field = dot > 0 && schema.Type(name[..dot]) is { } type ? schema.Field(type, name[(dot + 1)..]) : null;
            found[field ?? throw new GraphQLSchemaException([$"{name} has a cost but is no field of the schema."])] = cost;
        }
        return found.ToFrozenDictionary();
    }
}
