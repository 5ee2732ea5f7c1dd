using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Arguments exist. https://spec.graphql.org/September2025/#sec-Argument-Names</summary>
internal sealed class KnownArgumentNamesRule : ValidationRule
{
    public override void EnterArgument(ArgumentNode node, InputValue? definition, bool isOfDirective)
    {
        if (isOfDirective || definition is not null || Context.Field is not { } field || Context.ParentType is not { } parent) return;
        var suggestion = Context.DidYouMean(node.Name.Value, field.Arguments.Select(a => a.Name));
        Report($"Unknown argument \"{node.Name}\" on field \"{parent}.{field.Name}\".{suggestion}", node.Start);
    }

    public override void EnterDirectives(DirectiveNode[] nodes, string location)
    {
        foreach (var node in nodes)
        {
            if (!Context.Schema.Directives.TryGetValue(node.Name.Value, out var directive)) continue;
            foreach (var argument in node.Arguments.Where(g => !Array.Exists(directive.Arguments, a => a.Name == g.Name.Value)))
            {
                var suggestion = Context.DidYouMean(argument.Name.Value, directive.Arguments.Select(a => a.Name));
                Report($"Unknown argument \"{argument.Name}\" on directive \"@{node.Name}\".{suggestion}", argument.Start);
            }
        }
    }
}
