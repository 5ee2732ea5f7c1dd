using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Variables have input types. https://spec.graphql.org/September2025/#sec-Variables-Are-Input-Types</summary>
internal sealed class VariablesAreInputTypesRule : ValidationRule
{
    public override void EnterVariableDefinition(VariableDefinitionNode node)
    {
        if (Context.TypeOf(node.Type) is { IsInput: false })
            Report($"Variable \"${node.Variable.Name}\" cannot be non-input type \"{node.Type}\".", node.Type.Start);
    }
}
