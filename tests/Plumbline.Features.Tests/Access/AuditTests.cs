using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Tests.Access;

public sealed class AuditTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private readonly string _organization = RandomId.New();
    private ProductHost _host = null!;

    private IAuditGrain Log => _host.Grains.GetGrain<IAuditGrain>(_organization);

    public async ValueTask InitializeAsync() => _host = await shared.HostAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Entries_AreNumberedAndComeNewestFirst_AlsoAfterARestart()
    {
        await AppendAsync("a.one", "a.two", "a.three");
        _host = await shared.RestartAsync();
        var all = await Log.ListAsync(new AuditQuery(), null, 10);
        Assert.Equal([(3L, "a.three"), (2L, "a.two"), (1L, "a.one")], all.Select(r => (r.Number, r.Entry.Action)));
        Assert.Equal("a.two", (await Log.FindAsync(all[1].EntryId))!.Entry.Action);
        Assert.Null(await Log.FindAsync("4"));
    }

    [Fact]
    public async Task Pages_GoOnBelowAnEntry()
    {
        await AppendAsync("a.one", "a.two", "a.three");
        var newest = Assert.Single(await Log.ListAsync(new AuditQuery(), null, 1));
        Assert.Equal(3L, newest.Number);
        Assert.Equal([2L, 1L], (await Log.ListAsync(new AuditQuery(), newest.EntryId, 10)).Select(r => r.Number));
        Assert.Empty(await Log.ListAsync(new AuditQuery(), "nothing", 10));
    }

    /// <summary>Consecutive ids would tell of an entry between two that is kept from whoever looks.</summary>
    [Fact]
    public void Ids_TellNoNumber_AndOldEntriesHaveOneTheyKeep()
    {
        var entry = new AuditEntry("ann", "a.made", "target");
        var old = new AuditRecord(7, DateTimeOffset.UnixEpoch, entry);
        Assert.True(RandomId.IsWellFormed(old.EntryId));
        Assert.Equal(old.EntryId, (old with { Number = 8 }).EntryId);
        Assert.NotEqual(old.EntryId, (old with { At = old.At.AddTicks(1) }).EntryId);
        Assert.Equal("abcdefghijkl", (old with { RandomId = "abcdefghijkl" }).EntryId);
    }

    [Fact]
    public async Task Filter_MatchesAllItsParts()
    {
        await AppendAsync("a.one", "a.two");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await AppendAsync("a.one");
        Assert.Equal([3L, 1L], (await Log.ListAsync(new AuditQuery { Action = "a.one" }, null, 10)).Select(r => r.Number));
        Assert.Equal([3L], (await Log.ListAsync(new AuditQuery { From = _host.Clock.GetUtcNow() }, null, 10)).Select(r => r.Number));
        Assert.Equal([2L, 1L], (await Log.ListAsync(new AuditQuery { To = _host.Clock.GetUtcNow() }, null, 10)).Select(r => r.Number));
        Assert.Empty(await Log.ListAsync(new AuditQuery { ActorId = "somebody" }, null, 10));
    }

    [Fact]
    public async Task Entry_ThatNamesItsDeed_IsWrittenOnceADay_ForEachActorAndAction()
    {
        var entry = new AuditEntry("ann", "a.made", "target") { Once = "deed" };
        foreach (var said in new[] { entry, entry, entry with { ActorId = "bob" }, entry with { Action = "a.other" }, entry with { Once = "another" } })
            await _host.Get<IAuditLog>().AppendAsync(_organization, said, default);
        Assert.Equal(4, (await Log.ListAsync(new AuditQuery(), null, 10)).Length);
        _host = await shared.RestartAsync();
        await Log.AppendAsync(entry);
        Assert.Equal(4, (await Log.ListAsync(new AuditQuery(), null, 10)).Length);
        _host.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await Log.AppendAsync(entry);
        Assert.Equal(5, (await Log.ListAsync(new AuditQuery(), null, 10)).Length);
    }

    private async Task AppendAsync(params string[] actions)
    {
        foreach (var action in actions)
            await _host.Get<IAuditLog>().AppendAsync(_organization, new AuditEntry("ann", action, "target") { DetailJson = """{"a":1}""" }, default);
    }
}
