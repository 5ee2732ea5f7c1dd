using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>Collects fields once per document, operation and outcome of its @skip and @include variables.
/// https://spec.graphql.org/September2025/#CollectFields()</summary>
internal sealed class PlanCompiler(Schema schema, Dictionary<string, FragmentDefinitionNode> fragments, Func<string, bool> condition)
{
    private int _argumentSlots;

    public Schema Schema { get; } = schema;

    /// <summary>How many fields coerce their arguments per request.</summary>
    public int ArgumentSlots => Volatile.Read(ref _argumentSlots);

    public ObjectPlan Compile(ObjectType type, ReadOnlySpan<SelectionSetNode> sets)
    {
        var groups = new OrderedDictionary<string, List<FieldNode>>(StringComparer.Ordinal);
        HashSet<string>? visited = null;
        foreach (var set in sets) Collect(type, set, groups, ref visited);
        var fields = new FieldPlan[groups.Count];
        var i = 0;
        foreach (var (key, nodes) in groups)
        {
            if (Schema.Field(type, nodes[0].Name.Value) is { } field) fields[i++] = Plan(key, field, [.. nodes]);
        }
        var plan = new ObjectPlan(type, i == fields.Length ? fields : fields[..i]);
        var waiting = Array.FindAll(plan.Fields, f => !f.IsTypeName && (f.Resolver.MayWait || f.Selection is { MayWait: true }));
        for (var slot = 0; slot < waiting.Length; slot++) waiting[slot].Slot = slot;
        plan.Waiting = waiting;
        return plan;
    }

    private FieldPlan Plan(string key, FieldDefinition field, FieldNode[] nodes)
    {
        var sets = nodes.Where(n => n.SelectionSet is not null).Select(n => n.SelectionSet!).ToArray();
        var selection = field.Type.Named.IsComposite ? new SelectionPlan(this, field.Type.Named, sets) : null;
        var plan = new FieldPlan(key, field, nodes, selection);
        if (plan.UsesVariables) plan.ArgumentSlot = Interlocked.Increment(ref _argumentSlots) - 1;
        return plan;
    }

    private void Collect(ObjectType type, SelectionSetNode set, OrderedDictionary<string, List<FieldNode>> groups, ref HashSet<string>? visited)
    {
        foreach (var selection in set.Selections)
        {
            if (selection.Directives.Length > 0 && !Included(selection.Directives)) continue;
            switch (selection)
            {
                case FieldNode field:
                    if (!groups.TryGetValue(field.ResponseKey, out var nodes)) groups.Add(field.ResponseKey, nodes = []);
                    nodes.Add(field);
                    break;
                case InlineFragmentNode inline:
                    if (Applies(inline.TypeCondition, type)) Collect(type, inline.SelectionSet, groups, ref visited);
                    break;
                case FragmentSpreadNode spread:
                    visited ??= new HashSet<string>(StringComparer.Ordinal);
                    if (!fragments.TryGetValue(spread.Name.Value, out var fragment) || !Applies(fragment.TypeCondition, type)) break;
                    if (visited.Add(spread.Name.Value)) Collect(type, fragment.SelectionSet, groups, ref visited);
                    break;
            }
        }
    }

    private bool Applies(NamedTypeNode? typeCondition, ObjectType type) =>
        typeCondition is null || (Schema.Type(typeCondition.Name.Value) is { } named && Schema.IsPossible(named, type));

    private bool Included(DirectiveNode[] directives)
    {
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (name is not ("skip" or "include")) continue;
            var value = directive.Arguments.FirstOrDefault(a => a.Name.Value == "if")?.Value switch
            {
                BooleanValueNode literal => literal.Value,
                VariableNode variable => condition(variable.Name.Value),
                _ => name == "include",
            };
            if (value == (name == "skip")) return false;
        }
        return true;
    }
}
