using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Selections under one response key ask for the same thing. https://spec.graphql.org/September2025/#sec-Field-Selection-Merging
/// Fields are compared within a set, with each fragment, and fragments with each other, every pair once; a budget bounds documents made to be slow.</summary>
internal sealed partial class OverlappingFieldsCanBeMergedRule : ValidationRule
{
    private const int Budget = 50_000;

    private readonly Dictionary<(string, string), bool> _fragmentPairs = [];
    private readonly Dictionary<(NamedType?, SelectionSetNode), CollectedFields> _collected = [];
    private int _budget = Budget;

    public override void EnterSelectionSet(SelectionSetNode node, bool isInline)
    {
        // An inline fragment's fields are compared with those around it.
        if (isInline || (node.Selections.Length == 1 && node.Selections[0] is not InlineFragmentNode) || AreDistinctFields(node.Selections)) return;
        List<FieldConflict> conflicts = [];
        Within(Collect(Context.ParentType, node), conflicts);
        foreach (var conflict in conflicts)
            Report(
                $"Fields \"{conflict.Key}\" conflict because {conflict.Reason}. Use different aliases on the fields to fetch both if this was intentional.",
                [.. conflict.First, .. conflict.Second]);
    }

    /// <summary>The usual case, told without collecting: fields alone, every key once.</summary>
    private static bool AreDistinctFields(SelectionNode[] selections)
    {
        const int FewEnoughToCompareAll = 40;
        if (selections.Length > FewEnoughToCompareAll) return false;
        for (var i = 0; i < selections.Length; i++)
        {
            if (selections[i] is not FieldNode field) return false;
            for (var j = 0; j < i; j++)
            {
                if (((FieldNode)selections[j]).ResponseKey == field.ResponseKey) return false;
            }
        }
        return true;
    }

    private void Within(CollectedFields fields, List<FieldConflict> conflicts)
    {
        foreach (var (key, group) in fields.Groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                for (var j = i + 1; j < group.Count; j++) Compare(key, group[i], group[j], isExclusive: false, conflicts);
            }
        }
        if (fields.Groups.Count == 0 && fields.Fragments.Count <= 1) return;
        for (var i = 0; i < fields.Fragments.Count; i++)
        {
            WithFragment(fields, fields.Fragments[i], isExclusive: false, conflicts);
            for (var j = i + 1; j < fields.Fragments.Count; j++) Fragments(fields.Fragments[i], fields.Fragments[j], isExclusive: false, conflicts);
        }
    }

    private void WithFragment(CollectedFields fields, string name, bool isExclusive, List<FieldConflict> conflicts)
    {
        Spend(1);
        if (fields.Groups.Count == 0) return;
        // Only a comparison of fields that can meet says everything about this pair.
        if (fields.Compared.TryGetValue(name, out var before) && (!before || isExclusive)) return;
        fields.Compared[name] = isExclusive;
        if (Context.Fragment(name) is not { } fragment) return;
        var others = Collect(Context.Schema.Type(fragment.TypeCondition.Name.Value), fragment.SelectionSet);
        if (others == fields) return;
        Between(fields, others, isExclusive, conflicts);
        foreach (var inner in others.Fragments) WithFragment(fields, inner, isExclusive, conflicts);
    }

    private void Fragments(string a, string b, bool isExclusive, List<FieldConflict> conflicts)
    {
        Spend(2);
        if (a == b || WasCompared(a, b, isExclusive)) return;
        _fragmentPairs[(a, b)] = isExclusive;
        if (Context.Fragment(a) is not { } first || Context.Fragment(b) is not { } second) return;
        var fields1 = Collect(Context.Schema.Type(first.TypeCondition.Name.Value), first.SelectionSet);
        var fields2 = Collect(Context.Schema.Type(second.TypeCondition.Name.Value), second.SelectionSet);
        Between(fields1, fields2, isExclusive, conflicts);
        foreach (var inner in fields2.Fragments) Fragments(a, inner, isExclusive, conflicts);
        foreach (var inner in fields1.Fragments) Fragments(inner, b, isExclusive, conflicts);
    }

    private bool WasCompared(string a, string b, bool isExclusive) =>
        (_fragmentPairs.TryGetValue((a, b), out var before) && (isExclusive || !before))
            || (_fragmentPairs.TryGetValue((b, a), out before) && (isExclusive || !before));

    private void Between(CollectedFields a, CollectedFields b, bool isExclusive, List<FieldConflict> conflicts)
    {
        if (b.Groups.Count == 0) return;
        foreach (var (key, group) in a.Groups)
        {
            Spend(1);
            if (!b.Groups.TryGetValue(key, out var others)) continue;
            foreach (var first in group)
            {
                foreach (var second in others) Compare(key, first, second, isExclusive, conflicts);
            }
        }
    }

    private void Spend(int work)
    {
        _budget -= work;
        if (_budget >= 0) return;
        Report("The document selects the same response keys so often that they cannot be compared; split it.", Context.Document.Start);
        throw new ValidationAbortedException();
    }

    private CollectedFields Collect(NamedType? parent, SelectionSetNode set)
    {
        if (_collected.TryGetValue((parent, set), out var known)) return known;
        var fields = _collected[(parent, set)] = new CollectedFields();
        Collect(parent, set, fields);
        return fields;
    }

    private void Collect(NamedType? parent, SelectionSetNode set, CollectedFields fields)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode node:
                    FieldDefinition? definition = null;
                    (parent as CompositeType)?.Fields.TryGetValue(node.Name.Value, out definition);
                    if (!fields.Groups.TryGetValue(node.ResponseKey, out var group)) fields.Groups.Add(node.ResponseKey, group = []);
                    group.Add(new SelectedField(parent, node, definition));
                    break;
                case FragmentSpreadNode spread:
                    fields.AddFragment(spread.Name.Value);
                    break;
                case InlineFragmentNode inline:
                    Collect(inline.TypeCondition is null ? parent : Context.Schema.Type(inline.TypeCondition.Name.Value), inline.SelectionSet, fields);
                    break;
            }
        }
    }
}
