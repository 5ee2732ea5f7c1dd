using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Types exist. https://spec.graphql.org/September2025/#sec-Fragment-Spread-Type-Existence</summary>
internal sealed class KnownTypeNamesRule : ValidationRule
{
    public override void EnterNamedType(NamedTypeNode node)
    {
        var name = node.Name.Value;
        if (Context.Schema.Type(name) is null) Report($"Unknown type \"{name}\".{Context.DidYouMean(name, Context.Schema.Types.Keys)}", node.Start);
    }
}
