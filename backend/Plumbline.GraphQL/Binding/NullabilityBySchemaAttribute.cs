namespace Plumbline.GraphQL;

/// <summary>On a property that serves nullable and non-null fields alike: the start-up check of nullability leaves it alone, and a null in a
/// non-null field is a field error.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class NullabilityBySchemaAttribute : Attribute;
