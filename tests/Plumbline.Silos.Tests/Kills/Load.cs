namespace Plumbline.Silos.Tests.Kills;

/// <summary>Clients of every kind at once.</summary>
internal sealed class Load : IDisposable
{
    private readonly Driver[] _drivers;
    private readonly CancellationTokenSource _stop = new();
    private Task[] _running = [];

    /// <summary>One client of each kind, and as many reviewers as there are.</summary>
    /// <param name="place">Where they sit.</param>
    /// <param name="ledgers">Where they write down what they were told.</param>
    /// <param name="tally">Counts the answers; null when they sit at a server that is to be cut off.</param>
    public Load(Workplace place, Ledgers ledgers, Tally? tally)
    {
        _drivers =
        [
            new HttpSender(1, place, tally, ledgers.Spans), new HttpSender(2, place, tally, ledgers.Spans), new GrpcSender(place, tally, ledgers.Spans),
            .. Enumerable.Range(0, place.Reviewers).Select(number => new Reviewer(number, place, tally, ledgers.Reviews)),
            new PromptWriter(place, tally, ledgers.Prompts), new Curator(place, tally, ledgers.Examples), new Commenter(place, tally, ledgers.Comments),
        ];
    }

    public void Start() => _running = Array.ConvertAll(_drivers, driver => Task.Run(() => driver.RunAsync(_stop.Token)));

    /// <summary>Returns when each client has done so many things from now on.</summary>
    public async Task ProgressAsync(int steps)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var goals = Array.ConvertAll(_drivers, driver => driver.Steps + steps);
        while (Behind(goals) is { Length: > 0 } behind)
        {
            if (Array.Find(_running, r => r.IsCompleted) is { } ended) await ended;
            if (limit.IsCancellationRequested) throw new TimeoutException($"These do not get on: {behind}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Lets each finish what it is at.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
    }

    public void Dispose() => _stop.Dispose();

    private string Behind(int[] goals) => string.Join(", ", _drivers.Zip(goals).Where(d => d.First.Steps < d.Second).Select(d => d.First.Name));
}
