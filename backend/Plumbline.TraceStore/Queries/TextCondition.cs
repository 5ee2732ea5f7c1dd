namespace Plumbline.TraceStore;

/// <summary>Conditions on one text, all of which must hold. <see cref="Eq"/>, <see cref="In"/> and <see cref="NotIn"/> compare bytes;
/// <see cref="Contains"/> and <see cref="StartsWith"/> ignore case. An absent text passes <see cref="NotIn"/> alone.</summary>
public sealed record TextCondition
{
    public string? Eq { get; init; }
    public IReadOnlyList<string>? In { get; init; }
    public IReadOnlyList<string>? NotIn { get; init; }
    public string? Contains { get; init; }
    public string? StartsWith { get; init; }
}
