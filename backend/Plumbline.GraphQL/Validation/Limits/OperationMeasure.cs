using System.Collections.Frozen;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Limits;

/// <summary>Size of an operation by the formula of CostFormula.md.</summary>
internal readonly record struct Measure(long Cost, int Depth, long Aliases)
{
    public Measure Plus(Measure other) => new(Saturating(Cost, other.Cost), Math.Max(Depth, other.Depth), Saturating(Aliases, other.Aliases));

    public static long Saturating(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    public static long Times(long a, long b) => a != 0 && b > long.MaxValue / a ? long.MaxValue : a * b;
}

/// <summary>Measures an operation, every fragment once.</summary>
internal sealed class OperationMeasure(
    Schema schema, Dictionary<string, FragmentDefinitionNode> fragments, IReadOnlyDictionary<string, object?> variables,
    FrozenDictionary<FieldDefinition, int> costs, GraphQLLimits limits)
{
    private readonly Dictionary<(string Fragment, bool Counted), Measure> _fragments = [];
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public static Measure Of(
        Schema schema, Execution.PreparedDocument document, OperationDefinitionNode operation,
        IReadOnlyDictionary<string, object?> variables, FrozenDictionary<FieldDefinition, int> costs, GraphQLLimits limits) =>
        new OperationMeasure(schema, document.Fragments, variables, costs, limits).Selection(
            operation.SelectionSet, schema.RootType(operation.Operation), isCounted: false);

    private Measure Selection(SelectionSetNode set, NamedType? type, bool isCounted)
    {
        var total = default(Measure);
        foreach (var selection in set.Selections)
        {
            total = total.Plus(selection switch
            {
                FieldNode field => Field(field, type, isCounted),
                InlineFragmentNode inline => Selection(inline.SelectionSet, Condition(inline.TypeCondition, type), isCounted),
                FragmentSpreadNode spread => Fragment(spread.Name.Value, isCounted),
                _ => default,
            });
        }
        return total;
    }

    private NamedType? Condition(NamedTypeNode? node, NamedType? type) => node is null ? type : schema.Type(node.Name.Value);

    private Measure Fragment(string name, bool isCounted)
    {
        if (_fragments.TryGetValue((name, isCounted), out var known)) return known;
        if (!fragments.TryGetValue(name, out var fragment) || !_open.Add(name)) return default;
        var measure = Selection(fragment.SelectionSet, schema.Type(fragment.TypeCondition.Name.Value), isCounted);
        _open.Remove(name);
        return _fragments[(name, isCounted)] = measure;
    }

    private Measure Field(FieldNode node, NamedType? type, bool isCounted)
    {
        var alias = node.Alias.IsAbsent ? 0 : 1;
        var field = type is null ? null : schema.Field(type, node.Name.Value);
        if (node.SelectionSet is null) return new Measure(Own(field, 0), 1, alias);
        var size = Size(node, field, isCounted, out var isSized);
        var below = Selection(node.SelectionSet, field?.Type.Named, isSized);
        // Tools ask for introspection deeper than any product query; its size is bound by the schema.
        var isMeta = node.Name.Value is "__schema" or "__type";
        return new Measure(
            isMeta ? 0 : Measure.Saturating(Own(field, 1), Measure.Times(size, below.Cost)), isMeta ? 1 : below.Depth + 1,
            Measure.Saturating(alias, below.Aliases));
    }

    private int Own(FieldDefinition? field, int otherwise) => field is not null && costs.TryGetValue(field, out var cost) ? cost : otherwise;

    private long Size(FieldNode node, FieldDefinition? field, bool isCounted, out bool isSized)
    {
        isSized = false;
        if (field is null) return 1;
        if ((field.Argument("first") ?? field.Argument("last")) is { } sized && sized.Type.Named.Name == "Int")
        {
            isSized = true;
            return Given(node, field) is > 0 and var size ? size : limits.AssumedListSize;
        }
        if (field.Type.Nullable is not ListType) return 1;
        return isCounted ? 1 : limits.AssumedListSize;
    }

    private long? Given(FieldNode node, FieldDefinition field)
    {
        foreach (var name in (ReadOnlySpan<string>)["first", "last"])
        {
            if (field.Argument(name) is not { } definition) continue;
            var literal = Array.Find(node.Arguments, a => a.Name.Value == name)?.Value;
            var value = literal switch
            {
                IntValueNode number => long.TryParse(number.Text, out var parsed) ? parsed : (long?)null,
                VariableNode variable when variables.TryGetValue(variable.Name.Value, out var given) => given as int?,
                _ => definition.Default as int?,
            };
            if (value is not null) return value;
        }
        return null;
    }
}
