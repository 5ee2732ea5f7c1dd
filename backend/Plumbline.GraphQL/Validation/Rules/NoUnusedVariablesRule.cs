using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Defined variables are used. https://spec.graphql.org/September2025/#sec-All-Variables-Used</summary>
internal sealed class NoUnusedVariablesRule : ValidationRule
{
    public override void LeaveDocument(DocumentNode node)
    {
        foreach (var operation in node.Definitions.OfType<OperationDefinitionNode>().Where(o => o.Variables.Length > 0))
        {
            var used = Context.VariableUses(operation).Select(u => u.Node.Name.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var variable in operation.Variables.Where(v => !used.Contains(v.Variable.Name.Value)))
            {
                var where = operation.Name.IsAbsent ? "." : $" in operation \"{operation.Name}\".";
                Report($"Variable \"${variable.Variable.Name}\" is never used{where}", variable.Start);
            }
        }
    }
}
