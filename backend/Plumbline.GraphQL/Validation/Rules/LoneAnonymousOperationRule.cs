using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>An anonymous operation is alone. https://spec.graphql.org/September2025/#sec-Lone-Anonymous-Operation</summary>
internal sealed class LoneAnonymousOperationRule : ValidationRule
{
    private int _operations;

    public override void EnterDocument(DocumentNode node) => _operations = node.Definitions.Count(d => d is OperationDefinitionNode);

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Name.IsAbsent && _operations > 1) Report("This anonymous operation must be the only defined operation.", node.Start);
    }
}
