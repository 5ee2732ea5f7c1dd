namespace Plumbline.TraceStore;

/// <summary>Which traces.</summary>
public sealed record TraceCondition : CommonCondition
{
    public IReadOnlyList<TraceCondition>? And { get; init; }
    public IReadOnlyList<TraceCondition>? Or { get; init; }
    public TraceCondition? Not { get; init; }
}
