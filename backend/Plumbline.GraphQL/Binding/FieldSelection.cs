namespace Plumbline.GraphQL;

/// <summary>What the document asks below the field being resolved; a resolver parameter for skipping work nobody asked for.</summary>
public readonly struct FieldSelection
{
    private readonly Func<string, bool>? _selects;

    internal FieldSelection(Func<string, bool> selects) => _selects = selects;

    /// <summary>Whether a direct sub-field of that schema name is selected (through fragments too).</summary>
    public bool Selects(string fieldName) => _selects is not null && _selects(fieldName);
}
