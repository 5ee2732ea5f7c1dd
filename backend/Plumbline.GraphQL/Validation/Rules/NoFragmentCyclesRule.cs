using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Fragments do not spread themselves. https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles</summary>
internal sealed class NoFragmentCyclesRule : ValidationRule
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> _path = [];
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    public override void EnterFragment(FragmentDefinitionNode node) => Detect(node);

    private void Detect(FragmentDefinitionNode fragment)
    {
        if (!_visited.Add(fragment.Name.Value)) return;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var spreads = Spreads(fragment.SelectionSet);
        if (spreads.Count == 0) return;
        _open[fragment.Name.Value] = _path.Count;
        foreach (var spread in spreads)
        {
            _path.Add(spread);
            if (_open.TryGetValue(spread.Name.Value, out var start)) ReportCycle(spread, start);
            else if (Context.Fragment(spread.Name.Value) is { } inner) Detect(inner);
            _path.RemoveAt(_path.Count - 1);
        }
        _open.Remove(fragment.Name.Value);
    }

    private void ReportCycle(FragmentSpreadNode spread, int start)
    {
        var cycle = _path[start..];
        var via = string.Join(", ", cycle[..^1].Select(s => $"\"{s.Name}\""));
        Report($"Cannot spread fragment \"{spread.Name}\" within itself{(via.Length == 0 ? "." : $" via {via}.")}", [.. cycle.Select(s => s.Start)]);
    }

    /// <summary>In graphql-js's order, which decides what cycle is named: a set's own spreads, then the sets nested last.</summary>
    private static List<FragmentSpreadNode> Spreads(SelectionSetNode root)
    {
        List<FragmentSpreadNode> spreads = [];
        Stack<SelectionSetNode> sets = new([root]);
        while (sets.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                if (selection is FragmentSpreadNode spread) spreads.Add(spread);
                else if (selection is InlineFragmentNode inline) sets.Push(inline.SelectionSet);
                else if (selection is FieldNode { SelectionSet: { } inner }) sets.Push(inner);
            }
        }
        return spreads;
    }
}
