using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Limits;

/// <summary>Limits that need no schema: they are checked before the rules, whose work grows with what they bound.</summary>
internal static class StructureLimits
{
    public static GraphQLError? Check(DocumentNode document, GraphQLLimits limits)
    {
        var fragments = new Dictionary<string, FragmentDefinitionNode>(StringComparer.Ordinal);
        foreach (var definition in document.Definitions)
        {
            if (definition is FragmentDefinitionNode fragment) fragments.TryAdd(fragment.Name.Value, fragment);
        }
        var shape = new DocumentShape(fragments);
        foreach (var definition in document.Definitions)
        {
            if (definition is not OperationDefinitionNode operation) continue;
            var (depth, aliases, fields) = shape.Of(operation.SelectionSet);
            if (depth > limits.MaxDepth)
                return Refuse(document, operation, $"The operation nests fields {depth} deep; {limits.MaxDepth} are allowed. Ask for less at a time.");
            if (aliases > limits.MaxAliases)
                return Refuse(document, operation, $"The operation has {aliases} aliases; {limits.MaxAliases} are allowed. Split it.");
            if (fields > limits.MaxRootFields)
                return Refuse(document, operation, $"The operation has {fields} root fields; {limits.MaxRootFields} are allowed. Split it.");
        }
        return null;
    }

    private static GraphQLError Refuse(DocumentNode document, Node node, string message) =>
        new(ErrorCodes.TooComplex, message) { Locations = [document.LocationOf(node)] };
}

/// <summary>Depth, aliases and direct fields, every fragment measured once.</summary>
internal sealed class DocumentShape(Dictionary<string, FragmentDefinitionNode> fragments)
{
    private readonly Dictionary<string, (int Depth, long Aliases, long Fields)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public (int Depth, long Aliases, long Fields) Of(SelectionSetNode set)
    {
        var (depth, aliases, fields) = (0, 0L, 0L);
        foreach (var selection in set.Selections)
        {
            var (d, a, f) = selection switch
            {
                FieldNode field => OfField(field),
                InlineFragmentNode inline => Of(inline.SelectionSet),
                FragmentSpreadNode spread => OfFragment(spread.Name.Value),
                _ => default,
            };
            depth = Math.Max(depth, d);
            aliases = Measure.Saturating(aliases, a);
            fields = Measure.Saturating(fields, f);
        }
        return (depth, aliases, fields);
    }

    private (int Depth, long Aliases, long Fields) OfField(FieldNode field)
    {
        var alias = field.Alias.IsAbsent ? 0 : 1;
        if (field.SelectionSet is null) return (1, alias, 1);
        var below = Of(field.SelectionSet);
        var isMeta = field.Name.Value is "__schema" or "__type";
        return (isMeta ? 1 : below.Depth + 1, Measure.Saturating(alias, below.Aliases), 1);
    }

    private (int Depth, long Aliases, long Fields) OfFragment(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        if (!fragments.TryGetValue(name, out var fragment) || !_open.Add(name)) return default;
        var shape = Of(fragment.SelectionSet);
        _open.Remove(name);
        return _known[name] = shape;
    }
}
