using Plumbline.Contracts;
using Plumbline.Contracts.Grains;

namespace Plumbline.Features.Playground.Grains;

/// <summary>How many runs of a project go on, wherever they do. Key: <c>organization/project</c>.</summary>
[Alias("IRunSlotsGrain")]
internal interface IRunSlotsGrain : IGrainWithStringKey
{
    /// <summary>Takes a slot for a run; the run that has one keeps it.</summary>
    /// <exception cref="RequestFailedException">RATE_LIMITED: all are taken.</exception>
    [Alias("TakeAsync"), Repeatable]
    Task TakeAsync(string runId);

    /// <summary>Says that a run still goes on. It has a slot from then on, whether or not this grain remembers that it gave it one.</summary>
    [Alias("KeepAsync"), Repeatable]
    Task KeepAsync(string runId);

    /// <summary>Gives a run's slot back.</summary>
    [Alias("GiveBackAsync"), Repeatable]
    Task GiveBackAsync(string runId);
}
