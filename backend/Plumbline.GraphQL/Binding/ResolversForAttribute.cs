namespace Plumbline.GraphQL;

/// <summary>Marks a class whose public instance methods resolve fields of one schema type: method <c>CreateProject</c> resolves field <c>createProject</c>.
/// The class is made once, with constructor injection; several classes may serve one type.</summary>
/// <param name="typeName">The type's name in the schema.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResolversForAttribute(string typeName) : Attribute
{
    /// <summary>The type's name in the schema.</summary>
    public string TypeName { get; } = typeName;
}
