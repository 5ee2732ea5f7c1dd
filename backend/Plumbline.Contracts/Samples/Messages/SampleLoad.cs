namespace Plumbline.Contracts.Samples;

/// <summary>What one loading goes by.</summary>
/// <param name="BeganAt">The end of the sample's day.</param>
/// <param name="QueueId">The review queue it makes.</param>
/// <param name="DatasetId">The dataset it makes.</param>
[GenerateSerializer, Alias("SampleLoad"), Immutable]
public sealed record SampleLoad([property: Id(0)] DateTimeOffset BeganAt, [property: Id(1)] string QueueId, [property: Id(2)] string DatasetId);
