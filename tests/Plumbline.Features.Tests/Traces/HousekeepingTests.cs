using System.Globalization;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Projects.State;
using Plumbline.Features.Traces.Shards;
using Plumbline.ObjectStore;
using Plumbline.TraceStore;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Retention and sampling follow the project's settings as they are, without a restart.</summary>
public sealed class HousekeepingTests : IAsyncLifetime
{
    private static readonly int[] All = [.. Enumerable.Range(1, 60)];
    private TracesHost _host = null!;

    private IProjectGrain Project => _host.Product.Grains.GetGrain<IProjectGrain>(_host.Tenant.Key.ToString());

    public async ValueTask InitializeAsync() => _host = await TracesHost.StartAsync(o => o.ShardsPerProject = 3);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Timer_KeepsHouse_WithoutBeingAsked()
    {
        await _host.SendAsync(All);
        await Project.UpdateSettingsAsync(new ProjectSettings { RetentionDays = 1 });
        for (var tries = 0; tries < 100_000
            && (await LeftAsync()).Count > 0; tries++) _host.Product.Clock.Advance(tries == 0 ? TimeSpan.FromDays(4) : TimeSpan.FromMinutes(5));
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task RetentionDays_OnceSet_DropWhatIsOlder_AndNothingElse()
    {
        await using var store = await OpenAsync([.. All.Select(n => Span(n))]);
        _host.Product.Clock.Advance(TracesHost.Start.AddDays(30).AddSeconds(31) - _host.Product.Clock.GetUtcNow());
        Assert.Equal(All, await KeepHouseAsync(store));
        await Project.UpdateSettingsAsync(new ProjectSettings { RetentionDays = 30 });
        Assert.Equal(All[30..], await KeepHouseAsync(store));
        await Project.UpdateSettingsAsync(new ProjectSettings { RetentionDays = 31 });
        Assert.Equal(All[30..], await KeepHouseAsync(store));
    }

    [Fact]
    public async Task SampleRate_LetsHealthyTracesGo_ButNotWhatPeopleHoldOrMachinesScored()
    {
        await Project.UpdateSettingsAsync(ProjectSettingsRules.WithSampleRate(new(), 0, TracesHost.Start.AddMinutes(-1), new()));
        await using var store = await OpenAsync([
            Span(1) with { Status = StoredStatus.Error }, Span(2) with { AttributesJson = """{"gen_ai.evaluation.score.label":"good"}""" },
            .. All[2..].Select(n => Span(n))
        ]);
        await _host.BlindAsync("somebody", 4, 5);
        var comments = _host.Product.Grains.GetGrain<ITraceCommentsGrain>(_host.Tenant.Key.Child(TracesHost.Id(6)));
        await comments.AddAsync(new NewComment { AuthorId = "ann", Body = "Look." });
        Assert.Equal(All, await KeepHouseAsync(store));
        _host.Product.Clock.Advance(TracesHost.Start.AddHours(2) - _host.Product.Clock.GetUtcNow());
        Assert.Equal([1, 2, 4, 5, 6], await KeepHouseAsync(store));
    }

    [Fact]
    public async Task SampleRate_OnceChanged_HoldsForWhatStartsLater()
    {
        await Project.UpdateSettingsAsync(ProjectSettingsRules.WithSampleRate(new(), 0.5, TracesHost.Start.AddSeconds(30.5), new()));
        await using var store = await OpenAsync([.. All.Select(n => Span(n))]);
        Assert.Equal(All, await KeepHouseAsync(store));
        _host.Product.Clock.Advance(TracesHost.Start.AddHours(2) - _host.Product.Clock.GetUtcNow());
        int[] expected = [.. All.Where(n => n <= 30 || TraceSampling.IsChosen(TraceId.Parse(TracesHost.Id(n)), 0.5))];
        Assert.Equal(expected, await KeepHouseAsync(store));
        Assert.InRange(expected.Length, 31, 59);
    }

    private async Task<SpanStore> OpenAsync(SpanRecord[] spans)
    {
        var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o", clock: _host.Product.Clock);
        await store.AppendAsync(SpanBatch.Of(spans));
        await store.SealAsync();
        return store;
    }

    private async Task<IEnumerable<int>> KeepHouseAsync(SpanStore store)
    {
        await _host.Product.Get<ShardHousekeeping>().RunAsync(_host.Tenant.Key, store, default);
        var left = await store.QueryTracesAsync(new() { First = 100 });
        return left.Traces.Select(t => Number(t.Trace.Name)).Order();
    }

    private static SpanRecord Span(int number)
    {
        var start = (TracesHost.Start.AddSeconds(number).UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
        return new()
        {
            TraceId = TraceId.Parse(TracesHost.Id(number)),
            SpanId = new SpanId(1),
            Name = $"chat {number}",
            StartUnixNano = start,
            EndUnixNano = start + 1_000_000_000,
        };
    }

    private async Task<List<int>> LeftAsync()
    {
        var page = await _host.Reader.TracesAsync(_host.Tenant.Key, new TracePageQuery { Scope = new TraceScope(), First = 100 }, default);
        return [.. page.Items.Select(t => Number(t.Name)).Order()];
    }

    private static int Number(string name) => int.Parse(name.Split(' ')[1], CultureInfo.InvariantCulture);
}
