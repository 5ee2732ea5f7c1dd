using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Fragment names are unique. https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness</summary>
internal sealed class UniqueFragmentNamesRule : ValidationRule
{
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    public override void EnterFragment(FragmentDefinitionNode node)
    {
        if (_known.TryAdd(node.Name.Value, node.Name.Start)) return;
        Report($"There can be only one fragment named \"{node.Name}\".", _known[node.Name.Value], node.Name.Start);
    }
}
