using System.Collections.Concurrent;
using Plumbline.Testing;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>Clients of every kind at once, and the check that what they were told is true.</summary>
internal sealed class Load
{
    private readonly ConcurrentBag<string> _spans = [], _reviews = [], _prompts = [], _examples = [], _comments = [];
    private readonly Workplace _place;
    private readonly Driver[] _drivers;
    private CancellationTokenSource? _stop;
    private Task[] _running = [];

    public Load(Workplace place)
    {
        _place = place;
        _drivers =
        [
            new HttpSender(1, place, Tally, _spans), new HttpSender(2, place, Tally, _spans), new GrpcSender(place, Tally, _spans),
            .. Enumerable.Range(0, place.Reviewers).Select(number => new Reviewer(number, place, Tally, _reviews)),
            new PromptWriter(place, Tally, _prompts), new Curator(place, Tally, _examples), new Commenter(place, Tally, _comments),
        ];
    }

    public Tally Tally { get; } = new();

    public void Start()
    {
        _stop = new CancellationTokenSource();
        _running = Array.ConvertAll(_drivers, driver => Task.Run(() => driver.RunAsync(_stop.Token)));
    }

    /// <summary>Returns when each client has done so many things from now on.</summary>
    public async Task ProgressAsync(int steps)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var goals = Array.ConvertAll(_drivers, driver => driver.Steps + steps);
        while (_drivers.Zip(goals).Any(d => d.First.Steps < d.Second))
        {
            if (Array.Find(_running, r => r.IsCompleted) is { } ended) await ended;
            if (limit.IsCancellationRequested) throw new TimeoutException($"These do not get on: {string.Join(", ", _drivers.Zip(goals).Where(d => d.First.Steps < d.Second).Select(d => d.First.Name))}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Lets each finish what it is at.</summary>
    public async Task StopAsync()
    {
        await _stop!.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    /// <summary>Everything that was acknowledged is there once, and nothing else.</summary>
    public async Task CheckAsync()
    {
        var listed = await TraceSender.ListAsync(_place.Script);
        Assert.Equal([], _spans.Where(trace => listed.GetValueOrDefault(trace) != 1));
        Same(_reviews, (await _place.AllAsync($"reviewQueue(id: \"{_place.QueueId}\") {{ items(@page) {{ nodes {{ reviews {{ id }} }} @info }} }}", p => p.GetProperty("reviewQueue").GetProperty("items")))
            .SelectMany(item => item.GetProperty("reviews").EnumerateArray()).Select(r => r.GetProperty("id").GetString()!));
        Same(_prompts, (await _place.AllAsync($"prompt(name: \"{PromptWriter.PromptName}\") {{ versions(@page) {{ nodes {{ messages {{ template }} }} @info }} }}", p => p.GetProperty("prompt").GetProperty("versions")))
            .Select(v => v.GetProperty("messages")[0].GetProperty("template").GetString()!));
        Same(_examples, (await _place.AllAsync($"dataset(id: \"{_place.DatasetId}\") {{ items(@page) {{ nodes {{ inputs }} @info }} }}", p => p.GetProperty("dataset").GetProperty("items")))
            .Select(i => i.GetProperty("inputs").GetString()!));
        Same(_comments, Commenter.BodiesOf((await Commenter.ReadAsync(_place)).Data));
    }

    private static void Same(IEnumerable<string> acknowledged, IEnumerable<string> found) => Assert.Equal(acknowledged.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
}
