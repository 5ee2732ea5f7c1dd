namespace Plumbline.Contracts.Traces;

/// <summary>What <see cref="ITraceHolder"/>s keep.</summary>
public enum HeldThing
{
    ReviewItem,
    DatasetItem,
    PlaygroundRun,
    Comment,
}
