namespace Plumbline.GraphQL;

/// <summary>Marks a resolver parameter of type <see cref="bool"/> that is true when the document asks for a sub-field of the field being
/// resolved, through fragments too and unless a directive leaves it out; for skipping work nobody asked for.</summary>
/// <param name="fieldName">The sub-field's name in the schema.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class IsSelectedAttribute(string fieldName) : Attribute
{
    /// <summary>The sub-field's name in the schema.</summary>
    public string FieldName { get; } = fieldName;
}
