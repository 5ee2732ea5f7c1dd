using System.Diagnostics;
using System.Text.Json;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>What a client of the product is told to do: to send the same again until it is done.</summary>
internal static class Insistence
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest that one thing may take, with a kill in between.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Sends something until it is done, as a careful client does.</summary>
    /// <param name="send">Sends it.</param>
    /// <param name="note">Is told each answer and when what it answers was sent.</param>
    /// <param name="wasDone">Looks whether it was done, when that is unknown and doing it again would do it twice.</param>
    public static async Task<JsonElement> UntilDoneAsync(Func<Task<Answer>> send, Action<Outcome, long>? note = null, Func<Task<bool>>? wasDone = null)
    {
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            var sent = Stopwatch.GetTimestamp();
            var answer = await send();
            note?.Invoke(answer.Outcome, sent);
            if (answer.Outcome == Outcome.Done) return answer.Data;
            if (Stopwatch.GetElapsedTime(begun) > Longest) throw new TimeoutException($"The answer was {answer.Outcome} for {Longest}.");
            await Task.Delay(Pause);
            if (answer.Outcome == Outcome.Unknown && wasDone is not null && await wasDone()) return default;
        }
    }
}
