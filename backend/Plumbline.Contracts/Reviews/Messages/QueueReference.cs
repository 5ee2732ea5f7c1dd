namespace Plumbline.Contracts.Reviews;

/// <summary>A queue in a project.</summary>
[GenerateSerializer, Alias("QueueReference"), Immutable]
public readonly record struct QueueReference([property: Id(0)] ProjectKey Project, [property: Id(1)] string QueueId);
