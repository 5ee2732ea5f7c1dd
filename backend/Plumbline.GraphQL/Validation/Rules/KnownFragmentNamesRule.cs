using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Spread fragments exist. https://spec.graphql.org/September2025/#sec-Fragment-Spread-Target-Defined</summary>
internal sealed class KnownFragmentNamesRule : ValidationRule
{
    public override void EnterSpread(FragmentSpreadNode node)
    {
        if (Context.Fragment(node.Name.Value) is null) Report($"Unknown fragment \"{node.Name}\".", node.Name.Start);
    }
}
