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
    Task<SampleLoad?> BeginAsync(string attempt);

    /// <summary>Ends what <see cref="BeginAsync"/> began for the same try. One that is not complete may begin again.</summary>
    [Alias("End")]
    Task EndAsync(string attempt, bool complete);
}
