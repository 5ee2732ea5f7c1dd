using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Directives exist and stand where they may. https://spec.graphql.org/September2025/#sec-Directives-Are-Defined</summary>
internal sealed class KnownDirectivesRule : ValidationRule
{
    public override void EnterDirectives(DirectiveNode[] nodes, string location)
    {
        foreach (var node in nodes)
        {
            if (!Context.Schema.Directives.TryGetValue(node.Name.Value, out var directive)) Report($"Unknown directive \"@{node.Name}\".", node.Start);
            else if (Array.IndexOf(directive.Locations, location) < 0) Report($"Directive \"@{node.Name}\" may not be used on {location}.", node.Start);
        }
    }
}
