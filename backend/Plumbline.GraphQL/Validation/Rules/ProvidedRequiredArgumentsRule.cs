using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Required arguments are given. https://spec.graphql.org/September2025/#sec-Required-Arguments</summary>
internal sealed class ProvidedRequiredArgumentsRule : ValidationRule
{
    public override void EnterField(FieldNode node)
    {
        if (Context.Field is not { } field) return;
        foreach (var argument in field.Arguments)
        {
            if (argument.IsRequired && !IsGiven(node.Arguments, argument))
                Report($"Field \"{field.Name}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was not provided.", node.Start);
        }
    }

    public override void EnterDirectives(DirectiveNode[] nodes, string location)
    {
        foreach (var node in nodes)
        {
            if (!Context.Schema.Directives.TryGetValue(node.Name.Value, out var directive)) continue;
            foreach (var argument in directive.Arguments)
            {
                if (argument.IsRequired && !IsGiven(node.Arguments, argument))
                    Report(
                        $"Directive \"@{directive.Name}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was not provided.",
                        node.Start);
            }
        }
    }

    private static bool IsGiven(ArgumentNode[] given, InputValue argument)
    {
        foreach (var node in given)
        {
            if (node.Name.Value == argument.Name) return true;
        }
        return false;
    }
}
