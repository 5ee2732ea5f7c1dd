using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Fragments can apply where they are spread. https://spec.graphql.org/September2025/#sec-Fragment-Spread-Is-Possible</summary>
internal sealed class PossibleFragmentSpreadsRule : ValidationRule
{
    public override void EnterInline(InlineFragmentNode node)
    {
        var type = node.TypeCondition is null ? Context.ParentType : Context.Schema.Type(node.TypeCondition.Name.Value);
        if (!IsImpossible(type)) return;
        Report($"Fragment cannot be spread here as objects of type \"{Context.ParentType}\" can never be of type \"{type}\".", node.Start);
    }

    public override void EnterSpread(FragmentSpreadNode node)
    {
        if (Context.Fragment(node.Name.Value) is not { } fragment) return;
        var type = Context.Schema.Type(fragment.TypeCondition.Name.Value);
        if (!IsImpossible(type)) return;
        Report($"Fragment \"{node.Name}\" cannot be spread here as objects of type \"{Context.ParentType}\" can never be of type \"{type}\".", node.Start);
    }

    private bool IsImpossible(NamedType? type) => type is { IsComposite: true } && Context.ParentType is { } parent && !Context.Schema.Overlap(type, parent);
}
