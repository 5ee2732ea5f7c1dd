namespace Plumbline.GraphQL;

/// <summary>Names the schema element a member stands for where the convention does not (property, method, parameter, enum member).</summary>
/// <param name="name">The name in the schema.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    /// <summary>The name in the schema.</summary>
    public string Name { get; } = name;
}
