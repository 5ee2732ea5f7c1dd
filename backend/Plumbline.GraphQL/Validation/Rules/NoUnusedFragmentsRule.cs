using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Fragments are used. https://spec.graphql.org/September2025/#sec-Fragments-Must-Be-Used</summary>
internal sealed class NoUnusedFragmentsRule : ValidationRule
{
    public override void LeaveDocument(DocumentNode node)
    {
        if (!Array.Exists(node.Definitions, d => d is FragmentDefinitionNode)) return;
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (var operation in node.Definitions.OfType<OperationDefinitionNode>())
            used.UnionWith(Context.ReferencedFragments(operation).Select(f => f.Name.Value));
        foreach (var fragment in node.Definitions.OfType<FragmentDefinitionNode>().Where(f => !used.Contains(f.Name.Value)))
            Report($"Fragment \"{fragment.Name}\" is never used.", fragment.Start);
    }
}
