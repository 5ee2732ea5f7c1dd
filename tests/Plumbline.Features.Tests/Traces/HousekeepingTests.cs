using System.Globalization;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Projects;
using Plumbline.TraceStore;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Retention and sampling follow the project's settings as they are, without a restart.</summary>
public sealed class HousekeepingTests : IAsyncLifetime
{
    private static readonly int[] All = [.. Enumerable.Range(1, 60)];
    private TracesHost _host = null!;

    private IProjectGrain Project => _host.Product.Grains.GetGrain<IProjectGrain>(_host.Tenant.Key.ToString());

    private IEnumerable<ITraceShardGrain> Shards => Enumerable.Range(0, 3).Select(i => _host.Product.Grains.GetGrain<ITraceShardGrain>(_host.Tenant.Key.Child($"{i}")));

    public async ValueTask InitializeAsync() => _host = await TracesHost.StartAsync(o => (o.ShardsPerProject, o.Store) = (3, new SpanStoreOptions { SealAge = TimeSpan.FromHours(1) }));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task RetentionDays_OnceSet_DropWhatIsOlder_AndNothingElse()
    {
        await _host.SendAsync(All);
        _host.Product.Clock.Advance(TracesHost.Start.AddDays(30).AddSeconds(31) - _host.Product.Clock.GetUtcNow());
        await HousekeepAsync();
        Assert.Equal(60, (await LeftAsync()).Count);
        await Project.UpdateSettingsAsync(new ProjectSettings { RetentionDays = 30 });
        await HousekeepAsync();
        Assert.Equal(All[30..], await LeftAsync());
        await Project.UpdateSettingsAsync(new ProjectSettings { RetentionDays = 31 });
        await HousekeepAsync();
        Assert.Equal(All[30..], await LeftAsync());
    }

    [Fact]
    public async Task Timer_KeepsHouse_WithoutBeingAsked()
    {
        await _host.SendAsync(All);
        await Project.UpdateSettingsAsync(new ProjectSettings { RetentionDays = 1 });
        for (var tries = 0; tries < 2_000 && (await LeftAsync()).Count > 0; tries++) _host.Product.Clock.Advance(tries == 0 ? TimeSpan.FromDays(4) : TimeSpan.FromMinutes(5));
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task SampleRate_LetsHealthyTracesGo_ButNotWhatPeopleHoldOrMachinesScored()
    {
        _host.Product.Clock.Advance(TracesHost.Start.AddMinutes(-1) - _host.Product.Clock.GetUtcNow());
        await Project.UpdateSettingsAsync(ProjectSettingsRules.WithSampleRate(new(), 0, _host.Product.Clock.GetUtcNow(), new()));
        await _host.SendHealthyAsync([.. All.Skip(3)]);
        await _host.SendAsync(1); // an error
        await _host.SendHealthyAsync([2], "gen_ai.evaluation.score.label");
        await _host.SendHealthyAsync([3]);
        await _host.BlindAsync("somebody", 4, 5);
        var comments = _host.Product.Grains.GetGrain<ITraceCommentsGrain>(_host.Tenant.Key.Child(TracesHost.Id(6)));
        await comments.Add(new NewComment { AuthorId = "ann", Body = "Look." });
        await SampleAsync(5);
        Assert.Equal([1, 2, 4, 5, 6], await LeftAsync());
    }

    [Fact]
    public async Task SampleRate_OnceChanged_HoldsForWhatStartsLater()
    {
        await _host.SendHealthyAsync([.. All[..30]]);
        _host.Product.Clock.Advance(TracesHost.Start.AddSeconds(30.5) - _host.Product.Clock.GetUtcNow());
        await Project.UpdateSettingsAsync(ProjectSettingsRules.WithSampleRate(new(), 0.5, _host.Product.Clock.GetUtcNow(), new()));
        await _host.SendHealthyAsync([.. All[30..]]);
        int[] expected = [.. All.Where(n => n <= 30 || TraceSampling.IsChosen(TraceId.Parse(TracesHost.Id(n)), 0.5))];
        await SampleAsync(expected.Length);
        Assert.Equal(expected, await LeftAsync());
        Assert.InRange(expected.Length, 31, 59);
    }

    /// <summary>Lets time pass until so much is left; heads become blocks in the background meanwhile.</summary>
    private async Task SampleAsync(int left)
    {
        for (var tries = 0; tries < 2_000 && (await LeftAsync()).Count != left; tries++)
        {
            _host.Product.Clock.Advance(TimeSpan.FromMinutes(5));
            await HousekeepAsync();
        }
        for (var more = 0; more < 20; more++)
        {
            _host.Product.Clock.Advance(TimeSpan.FromMinutes(5));
            await HousekeepAsync();
        }
    }

    private async Task HousekeepAsync()
    {
        foreach (var shard in Shards) await shard.Housekeep(default);
    }

    private async Task<List<int>> LeftAsync()
    {
        var page = await _host.Reader.TracesAsync(_host.Tenant.Key, new TracePageQuery { Scope = new TraceScope(), First = 100 }, default);
        return [.. page.Items.Select(t => int.Parse(t.Name.Split(' ')[1], CultureInfo.InvariantCulture)).Order()];
    }
}
