namespace Plumbline.GraphQL;

/// <summary>Marks the resolver parameter that receives the value the field belongs to.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute;
