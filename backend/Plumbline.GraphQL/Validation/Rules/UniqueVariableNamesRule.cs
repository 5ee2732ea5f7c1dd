using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Variable names are unique. https://spec.graphql.org/September2025/#sec-Variable-Uniqueness</summary>
internal sealed class UniqueVariableNamesRule : ValidationRule
{
    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Variables.Length < 2) return;
        foreach (var same in node.Variables.GroupBy(v => v.Variable.Name.Value).Where(g => g.Count() > 1))
            Report($"There can be only one variable named \"${same.Key}\".", [.. same.Select(v => v.Variable.Name.Start)]);
    }
}
