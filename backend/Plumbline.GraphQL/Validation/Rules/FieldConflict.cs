using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Two selections under one response key that cannot both be answered.</summary>
internal sealed record FieldConflict(string Key, string Reason, List<int> First, List<int> Second);

/// <summary>A field where it is selected.</summary>
internal sealed class SelectedField(NamedType? parent, FieldNode node, FieldDefinition? definition)
{
    public readonly NamedType? Parent = parent;
    public readonly FieldNode Node = node;
    public readonly FieldDefinition? Definition = definition;

    public bool IsSimpleLeaf => Node.Arguments.Length == 0 && Node.SelectionSet is null;
}

/// <summary>The fields of a selection set by response key, and the fragments it spreads.</summary>
internal sealed class CollectedFields
{
    public OrderedDictionary<string, List<SelectedField>> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Names, each once, in order.</summary>
    public List<string> Fragments { get; } = [];

    /// <summary>Fragments these fields were compared with, and whether that took them as mutually exclusive.</summary>
    public Dictionary<string, bool> Compared { get; } = new(StringComparer.Ordinal);

    private HashSet<string>? _seen;

    public void AddFragment(string name)
    {
        _seen ??= new HashSet<string>(StringComparer.Ordinal);
        if (_seen.Add(name)) Fragments.Add(name);
    }
}
