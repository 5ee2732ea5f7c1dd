using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Operation names are unique. https://spec.graphql.org/September2025/#sec-Operation-Name-Uniqueness</summary>
internal sealed class UniqueOperationNamesRule : ValidationRule
{
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Name.IsAbsent || _known.TryAdd(node.Name.Value, node.Name.Start)) return;
        Report($"There can be only one operation named \"{node.Name}\".", _known[node.Name.Value], node.Name.Start);
    }
}
