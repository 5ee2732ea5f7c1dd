using System.Text.Json;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>A client that does one kind of thing over and over.</summary>
internal abstract class Driver(string name, Workplace place, Tally? tally)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(30);

    private int _steps;

    public string Name => name;

    /// <summary>How many things were done.</summary>
    public int Steps => Volatile.Read(ref _steps);

    protected Workplace Place => place;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await StepAsync();
            Interlocked.Increment(ref _steps);
            await Task.Delay(Pace, CancellationToken.None);
        }
    }

    protected abstract Task StepAsync();

    /// <summary>Sends the same until it is done, as clients of the product are told to do. A client at a server that is cut off, which has
    /// no tally, sends it once.</summary>
    /// <param name="send">Sends it.</param>
    /// <param name="wasDone">Looks whether it was done, when that is unknown and doing it again would do it twice.</param>
    /// <returns>The answer; nothing when it is not known to be done.</returns>
    protected async Task<JsonElement?> InsistAsync(Func<Task<Answer>> send, Func<Task<bool>>? wasDone = null)
    {
        if (tally is null) return await TryAsync(send);
        return await Insistence.UntilDoneAsync(send, (outcome, sentAt) => tally.Note(name, outcome, sentAt), wasDone);
    }

    // A server that is going may fail in any way. Only what it claims to have done counts.
    private static async Task<JsonElement?> TryAsync(Func<Task<Answer>> send)
    {
        try
        {
            var answer = await send();
            return answer.Outcome == Outcome.Done ? answer.Data : null;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }
}
