namespace Plumbline.Contracts.Samples;

/// <summary>The loading of the sample into one project; key <c>organization/project</c>.</summary>
[Alias("ISampleGrain")]
public interface ISampleGrain : IGrainWithStringKey
{
    /// <summary>Begins to load the sample, or takes up a loading that ended half-way, with the ids and the time it began with.</summary>
    /// <param name="attempt">Names this try, so that no other can end it.</param>
    /// <returns>Null when the sample is loaded.</returns>
    /// <exception cref="RequestFailedException">CONFLICT: it is being loaded.</exception>
    [Alias("Begin")]
    Task<SampleLoad?> Begin(string attempt);

    /// <summary>Ends what <see cref="Begin"/> began for the same try. One that is not complete may begin again.</summary>
    [Alias("End")]
    Task End(string attempt, bool complete);
}

/// <summary>What one loading goes by.</summary>
/// <param name="BeganAt">The end of the sample's day.</param>
/// <param name="QueueId">The review queue it makes.</param>
/// <param name="DatasetId">The dataset it makes.</param>
[GenerateSerializer, Alias("SampleLoad"), Immutable]
public sealed record SampleLoad([property: Id(0)] DateTimeOffset BeganAt, [property: Id(1)] string QueueId, [property: Id(2)] string DatasetId);
