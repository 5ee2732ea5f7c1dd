using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Fragments stand on objects, interfaces and unions.
/// https://spec.graphql.org/September2025/#sec-Fragments-on-Object-Interface-or-Union-Types</summary>
internal sealed class FragmentsOnCompositeTypesRule : ValidationRule
{
    public override void EnterInline(InlineFragmentNode node)
    {
        if (node.TypeCondition is { } condition && IsOther(condition))
            Report($"Fragment cannot condition on non composite type \"{condition}\".", condition.Start);
    }

    public override void EnterFragment(FragmentDefinitionNode node)
    {
        if (IsOther(node.TypeCondition))
            Report($"Fragment \"{node.Name}\" cannot condition on non composite type \"{node.TypeCondition}\".", node.TypeCondition.Start);
    }

    private bool IsOther(NamedTypeNode condition) => Context.Schema.Type(condition.Name.Value) is { IsComposite: false };
}
