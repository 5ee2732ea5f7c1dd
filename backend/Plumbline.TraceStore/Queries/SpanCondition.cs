namespace Plumbline.TraceStore;

/// <summary>Which spans.</summary>
public sealed record SpanCondition : CommonCondition
{
    /// <summary>All of them hold.</summary>
    public IReadOnlyList<AttributeCondition>? Attributes { get; init; }
    public IReadOnlyList<SpanCondition>? And { get; init; }
    public IReadOnlyList<SpanCondition>? Or { get; init; }
    public SpanCondition? Not { get; init; }
}
