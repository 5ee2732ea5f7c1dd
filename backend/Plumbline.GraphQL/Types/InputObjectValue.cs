namespace Plumbline.GraphQL.Types;

/// <summary>A coerced input object: one entry a field, <see cref="Absent"/> where nothing was given and no default stands.</summary>
internal sealed class InputObjectValue(InputObjectType type, object?[] values)
{
    /// <summary>Stands for "not given", which null is not.</summary>
    public static readonly object Absent = new();

    public readonly InputObjectType Type = type;
    public readonly object?[] Values = values;
}
