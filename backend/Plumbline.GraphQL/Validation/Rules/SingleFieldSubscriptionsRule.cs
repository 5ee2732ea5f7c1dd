using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>A subscription has one root field. https://spec.graphql.org/September2025/#sec-Single-Root-Field</summary>
internal sealed class SingleFieldSubscriptionsRule : ValidationRule
{
    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Operation != OperationType.Subscription || Context.Schema.SubscriptionType is not { } root) return;
        var groups = new OrderedDictionary<string, List<FieldNode>>(StringComparer.Ordinal);
        Collect(node.SelectionSet, root, groups, []);
        var who = node.Name.IsAbsent ? "Anonymous Subscription" : $"Subscription \"{node.Name}\"";
        if (groups.Count > 1) Report($"{who} must select only one top level field.", [.. groups.Values.Skip(1).SelectMany(g => g).Select(f => f.Start)]);
        foreach (var fields in groups.Values.Where(f => f[0].Name.Value.StartsWith("__", StringComparison.Ordinal)))
            Report($"{who} must not select an introspection top level field.", [.. fields.Select(f => f.Start)]);
    }

    private void Collect(SelectionSetNode set, ObjectType root, OrderedDictionary<string, List<FieldNode>> groups, HashSet<string> visited)
    {
        foreach (var selection in set.Selections)
        {
            if (IsSkipped(selection.Directives)) continue;
            switch (selection)
            {
                case FieldNode field:
                    if (!groups.TryGetValue(field.ResponseKey, out var fields)) groups.Add(field.ResponseKey, fields = []);
                    fields.Add(field);
                    break;
                case InlineFragmentNode inline when inline.TypeCondition is null || Applies(inline.TypeCondition, root):
                    Collect(inline.SelectionSet, root, groups, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value) && Context.Fragment(spread.Name.Value) is { } fragment
                    && Applies(fragment.TypeCondition, root):
                    Collect(fragment.SelectionSet, root, groups, visited);
                    break;
            }
        }
    }

    private bool Applies(NamedTypeNode condition, ObjectType root) =>
        Context.Schema.Type(condition.Name.Value) is { } type && Context.Schema.IsPossible(type, root);

    /// <summary>By a literal; what a variable decides is not known here.</summary>
    private static bool IsSkipped(DirectiveNode[] directives) => Array.Exists(directives, d =>
        d.Name.Value is "skip" or "include" && d.Arguments.FirstOrDefault(a => a.Name.Value == "if")?.Value is BooleanValueNode condition
            && condition.Value == (d.Name.Value == "skip"));
}
