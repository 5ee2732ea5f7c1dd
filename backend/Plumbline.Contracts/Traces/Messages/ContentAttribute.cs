namespace Plumbline.Contracts.Traces;

/// <summary>Marks what somebody wrote, or what may hold it: <see cref="ContentRedaction"/> hides it from those who may not see contents.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContentAttribute : Attribute;
