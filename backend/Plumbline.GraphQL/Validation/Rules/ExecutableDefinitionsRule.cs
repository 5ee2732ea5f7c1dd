using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Only operations and fragments are executed. https://spec.graphql.org/September2025/#sec-Executable-Definitions</summary>
internal sealed class ExecutableDefinitionsRule : ValidationRule
{
    public override void EnterDocument(DocumentNode node)
    {
        foreach (var definition in node.Definitions)
        {
            if (definition is OperationDefinitionNode or FragmentDefinitionNode) continue;
            var name = definition is TypeDefinitionNode type ? $"\"{type.Name}\"" : "schema";
            Report($"The {name} definition is not executable.", definition.Start);
        }
    }
}
