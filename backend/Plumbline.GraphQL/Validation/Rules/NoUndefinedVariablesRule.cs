using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Used variables are defined. https://spec.graphql.org/September2025/#sec-All-Variable-Uses-Defined</summary>
internal sealed class NoUndefinedVariablesRule : ValidationRule
{
    public override void LeaveDocument(DocumentNode node)
    {
        foreach (var operation in node.Definitions.OfType<OperationDefinitionNode>())
        {
            foreach (var use in Context.VariableUses(operation))
            {
                if (Array.Exists(operation.Variables, v => v.Variable.Name.Value == use.Node.Name.Value)) continue;
                var where = operation.Name.IsAbsent ? "." : $" by operation \"{operation.Name}\".";
                Report($"Variable \"${use.Node.Name}\" is not defined{where}", use.Node.Start, operation.Start);
            }
        }
    }
}
