using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Introspection does not follow lists of types in circles. No rule of the specification, but of graphql-js; see
/// https://spec.graphql.org/September2025/#sec-Introspection</summary>
internal sealed class MaxIntrospectionDepthRule : ValidationRule
{
    private const int MaxLists = 3;
    private readonly Dictionary<string, int> _checked = new(StringComparer.Ordinal);

    public override void EnterField(FieldNode node)
    {
        if (node.Name.Value is "__schema" or "__type" && Exceeds(node, 0)) Report("Maximum introspection depth exceeded", node.Start);
    }

    private bool Exceeds(FieldNode node, int depth)
    {
        if (node.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields" && ++depth >= MaxLists) return true;
        return node.SelectionSet is not null && Exceeds(node.SelectionSet, depth);
    }

    private bool Exceeds(SelectionSetNode set, int depth) => Array.Exists(set.Selections, selection => selection switch
    {
        FieldNode field => Exceeds(field, depth),
        InlineFragmentNode inline => Exceeds(inline.SelectionSet, depth),
        FragmentSpreadNode spread => Exceeds(spread.Name.Value, depth),
        _ => false,
    });

    /// <summary>A fragment that was fine at this depth or deeper needs no second look, which ends cycles too.</summary>
    private bool Exceeds(string fragmentName, int depth)
    {
        if (_checked.TryGetValue(fragmentName, out var at) && at >= depth) return false;
        if (Context.Fragment(fragmentName) is not { } fragment) return false;
        _checked[fragmentName] = depth;
        if (!Exceeds(fragment.SelectionSet, depth)) return false;
        _checked.Remove(fragmentName);
        return true;
    }
}
