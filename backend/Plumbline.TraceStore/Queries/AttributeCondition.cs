namespace Plumbline.TraceStore;

/// <summary>A condition on a raw attribute of the span or its resource, by key. The value is compared as text: strings as they are, other values as
/// JSON.</summary>
public sealed record AttributeCondition
{
    public required string Key { get; init; }
    public string? Eq { get; init; }

    /// <summary>Whether the attribute must be there (true) or missing (false); with <see cref="Eq"/> null and this null, it must be there.</summary>
    public bool? Exists { get; init; }
}
