using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Whether two fields under one key can be merged.</summary>
internal sealed partial class OverlappingFieldsCanBeMergedRule
{
    private const int MaxReasonLength = 1000;
    private const int MaxLocations = 20;

    private void Compare(string key, SelectedField a, SelectedField b, bool isExclusive, List<FieldConflict> conflicts)
    {
        Spend(2);
        var sameName = a.Node.Name.Value == b.Node.Name.Value;
        if (a.IsSimpleLeaf && b.IsSimpleLeaf && sameName && a.Definition?.Type == b.Definition?.Type) return;
        isExclusive |= a.Parent != b.Parent && a.Parent is ObjectType && b.Parent is ObjectType;
        if (!isExclusive)
        {
            var reason = !sameName ? $"\"{a.Node.Name}\" and \"{b.Node.Name}\" are different fields"
                : SameArguments(a.Node.Arguments, b.Node.Arguments) ? null : "they have differing arguments";
            if (reason is not null)
            {
                conflicts.Add(new FieldConflict(key, reason, [a.Node.Start], [b.Node.Start]));
                return;
            }
        }
        if (a.Definition?.Type is { } type1 && b.Definition?.Type is { } type2 && Conflict(type1, type2))
        {
            conflicts.Add(new FieldConflict(key, $"they return conflicting types \"{type1}\" and \"{type2}\"", [a.Node.Start], [b.Node.Start]));
            return;
        }
        if (a.Node.SelectionSet is { } set1 && b.Node.SelectionSet is { } set2) CompareBelow(key, a, set1, b, set2, isExclusive, conflicts);
    }

    private void CompareBelow(
        string key, SelectedField a, SelectionSetNode set1, SelectedField b, SelectionSetNode set2, bool isExclusive,
        List<FieldConflict> conflicts)
    {
        List<FieldConflict> below = [];
        var fields1 = Collect(a.Definition?.Type.Named, set1);
        var fields2 = Collect(b.Definition?.Type.Named, set2);
        Between(fields1, fields2, isExclusive, below);
        foreach (var fragment in fields2.Fragments) WithFragment(fields1, fragment, isExclusive, below);
        foreach (var fragment in fields1.Fragments) WithFragment(fields2, fragment, isExclusive, below);
        foreach (var first in fields1.Fragments)
        {
            foreach (var second in fields2.Fragments) Fragments(first, second, isExclusive, below);
        }
        if (below.Count > 0) conflicts.Add(Summarize(key, a.Node, b.Node, below));
    }

    private static FieldConflict Summarize(string key, FieldNode a, FieldNode b, List<FieldConflict> below)
    {
        var reason = "";
        foreach (var conflict in below)
        {
            reason += $"{(reason.Length == 0 ? "" : " and ")}subfields \"{conflict.Key}\" conflict because {conflict.Reason}";
            if (reason.Length > MaxReasonLength) break;
        }
        if (reason.Length > MaxReasonLength) reason = reason[..MaxReasonLength] + "...";
        List<int> first = [a.Start, .. below.SelectMany(c => c.First)];
        List<int> second = [b.Start, .. below.SelectMany(c => c.Second)];
        return new FieldConflict(key, reason, [.. first.Take(MaxLocations)], [.. second.Take(MaxLocations)]);
    }

    private static bool Conflict(GraphQLType a, GraphQLType b) => (a, b) switch
    {
        (ListType x, ListType y) => Conflict(x.Item, y.Item),
        (ListType, _) or (_, ListType) => true,
        (NonNullType x, NonNullType y) => Conflict(x.Inner, y.Inner),
        (NonNullType, _) or (_, NonNullType) => true,
        _ => (a.IsLeaf || b.IsLeaf) && a != b,
    };

    private static bool SameArguments(ArgumentNode[] a, ArgumentNode[] b) =>
        a.Length == b.Length && Array.TrueForAll(a, x => Array.FindLast(b, y => y.Name.Value == x.Name.Value) is { } other && SameValue(x.Value, other.Value));

    private static bool SameValue(ValueNode a, ValueNode b) => (a, b) switch
    {
        (ListValueNode x, ListValueNode y) => x.Values.Length == y.Values.Length && x.Values.Zip(y.Values).All(p => SameValue(p.First, p.Second)),
        (ObjectValueNode x, ObjectValueNode y) => x.Fields.Length == y.Fields.Length
            && x.Fields.OrderBy(f => f.Name.Value, NaturalOrder.Instance).Zip(y.Fields.OrderBy(f => f.Name.Value, NaturalOrder.Instance))
                .All(p => p.First.Name.Value == p.Second.Name.Value && SameValue(p.First.Value, p.Second.Value)),
        _ => a.Kind == b.Kind && Printer.Print(a) == Printer.Print(b),
    };
}
