using Microsoft.Extensions.Logging;

namespace Plumbline.Features.Playground.Grains;

/// <summary>The slot of one run, kept while the run goes on and given back by disposing it.</summary>
/// <remarks>To be used in the turns of one grain. A slot that cannot be given back is free when its time is over.</remarks>
internal sealed partial class RunSlot : IAsyncDisposable
{
    private readonly IRunSlotsGrain _slots;
    private readonly string _runId;
    private readonly ILogger _log;
    private readonly IGrainTimer _keeping;

    private RunSlot(Grain run, IRunSlotsGrain slots, string runId, ILogger log)
    {
        (_slots, _runId, _log) = (slots, runId, log);
        var period = RunSlotsGrain.Lease / 3;
        _keeping = run.RegisterGrainTimer(KeepAsync, new GrainTimerCreationOptions { DueTime = period, Period = period, Interleave = true });
    }

    /// <summary>Takes a slot for a run of this grain.</summary>
    /// <exception cref="Contracts.RequestFailedException">RATE_LIMITED: all are taken.</exception>
    public static async Task<RunSlot> TakeAsync(Grain run, IRunSlotsGrain slots, string runId, ILogger log)
    {
        await slots.TakeAsync(runId);
        return new RunSlot(run, slots, runId, log);
    }

    public async ValueTask DisposeAsync()
    {
        _keeping.Dispose();
        await AskAsync(_slots.GiveBackAsync(_runId));
    }

    private Task KeepAsync(CancellationToken cancellationToken) => AskAsync(_slots.KeepAsync(_runId));

    private async Task AskAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception failure)
        {
            LogSlot(_log, _runId, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The slot of playground run {Run} could not be kept or given back")]
    private static partial void LogSlot(ILogger logger, string run, Exception exception);
}
