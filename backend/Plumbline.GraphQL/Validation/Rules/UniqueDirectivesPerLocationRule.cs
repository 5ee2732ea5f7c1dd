using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>A directive that is not repeatable stands once in a place. https://spec.graphql.org/September2025/#sec-Directives-Are-Unique-per-Location</summary>
internal sealed class UniqueDirectivesPerLocationRule : ValidationRule
{
    public override void EnterDirectives(DirectiveNode[] nodes, string location)
    {
        for (var i = 1; i < nodes.Length; i++)
        {
            var name = nodes[i].Name.Value;
            if (!Context.Schema.Directives.TryGetValue(name, out var directive) || directive.IsRepeatable) continue;
            var first = Array.FindIndex(nodes, n => n.Name.Value == name);
            if (first < i) Report($"The directive \"@{name}\" can only be used once at this location.", nodes[first].Start, nodes[i].Start);
        }
    }
}
