using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Features.Storage;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Tests.Storage;

/// <summary>The table of reminders of a lone server.</summary>
public sealed class ReminderTableTests
{
    private const string RecordName = "grainstate/reminders-reminders/all.json";

    private readonly MemoryObjectStore _store = new();
    private readonly ObjectStoreReminderTable _table;

    public ReminderTableTests() => _table = NewTable();

    [Fact]
    public async Task Upsert_ThenRead_BringsItBackAndReplacesIt()
    {
        var tag = await _table.UpsertRow(Entry("a", "one"));
        await _table.UpsertRow(Entry("a", "two"));
        await _table.UpsertRow(Entry("b", "one"));
        var row = (await _table.ReadRow(Grain("a"), "one"))!;
        Assert.Equal(
            (Grain("a"), "one", Entry("a", "one").StartAt, TimeSpan.FromHours(6), tag),
            (row.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
        Assert.Equal(["one", "two"], (await _table.ReadRows(Grain("a"))).Reminders.Select(r => r.ReminderName).Order());

        var next = await _table.UpsertRow(new() { GrainId = Grain("a"), ReminderName = "one", StartAt = row.StartAt, Period = TimeSpan.FromHours(1) });
        Assert.NotEqual(tag, next);
        Assert.Equal(TimeSpan.FromHours(1), (await _table.ReadRow(Grain("a"), "one"))!.Period);
        Assert.Equal(2, (await _table.ReadRows(Grain("a"))).Reminders.Count);
    }

    [Fact]
    public async Task Read_OfNothing_IsNothing()
    {
        Assert.Null(await _table.ReadRow(Grain("a"), "one"));
        Assert.Empty((await _table.ReadRows(Grain("a"))).Reminders);
        Assert.Empty((await _table.ReadRows(0, 0)).Reminders);
    }

    [Fact]
    public async Task Remove_WithItsTagAlone_RemovesIt()
    {
        var old = await _table.UpsertRow(Entry("a", "one"));
        var tag = await _table.UpsertRow(Entry("a", "one"));
        Assert.False(await _table.RemoveRow(Grain("a"), "one", old!));
        Assert.False(await _table.RemoveRow(Grain("a"), "other", tag!));
        Assert.True(await _table.RemoveRow(Grain("a"), "one", tag!));
        Assert.False(await _table.RemoveRow(Grain("a"), "one", tag!));
        Assert.Null(await _table.ReadRow(Grain("a"), "one"));
    }

    [Fact]
    public async Task Ranges_AroundTheRing_HoldEachReminderOnce()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var grains = Enumerable.Range(0, 40).Select(i => $"g{i}").ToArray();
        foreach (var grain in grains) await _table.UpsertRow(Entry(grain, "one"));
        Assert.Equal(40, (await _table.ReadRows(7, 7)).Reminders.Count); // from a point to itself is once around
        for (var round = 0; round < 20; round++)
        {
            uint[] cuts = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Cut(random, grains)).Distinct().Order()];
            if (cuts.Length < 2) continue;
            var found = new List<GrainId>();
            for (var i = 0; i < cuts.Length; i++)
            {
                var (begin, end) = (cuts[i], cuts[(i + 1) % cuts.Length]);
                var rows = (await _table.ReadRows(begin, end)).Reminders.Select(r => r.GrainId).ToArray();
                Assert.All(
                    rows,
                    g =>
                        Assert.True(
                            begin < end
                                ? g.GetUniformHashCode() > begin && g.GetUniformHashCode() <= end
                                : g.GetUniformHashCode() > begin || g.GetUniformHashCode() <= end,
                            $"seed {seed}"));
                found.AddRange(rows);
            }
            Assert.Equal(grains.Select(Grain).Order(), found.Order());
        }
    }

    [Fact]
    public async Task Writers_TwoOverOneStore_LoseNothing()
    {
        var other = NewTable();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? _table : other).UpsertRow(Entry($"g{i}", "one"))));
        Assert.Equal(12, (await NewTable().ReadRows(0, 0)).Reminders.Count);
        var rows = (await _table.ReadRows(0, 0)).Reminders.ToArray();
        var removed = await Task.WhenAll(rows.SelectMany(r =>
            new[] { _table.RemoveRow(r.GrainId, "one", r.ETag!), other.RemoveRow(r.GrainId, "one", r.ETag!) }));
        Assert.Equal(12, removed.Count(r => r));
        Assert.Empty((await other.ReadRows(0, 0)).Reminders);
    }

    /// <summary>As versions before this one wrote it: without tags.</summary>
    [Fact]
    public async Task Record_OfAnEarlierVersion_IsReadReplacedAndRemoved()
    {
        const string stored = """
            {"Reminders":[
              {"Grain":"traceshard/org/project/0","Name":"housekeeping","FirstTick":"2026-01-07T15:00:00+00:00","Period":"06:00:00"},
              {"Grain":"traceshard/org/project/1","Name":"housekeeping","FirstTick":"2026-01-07T17:00:00+02:00","Period":"06:00:00"}]}
            """;
        await _store.PutAsync(RecordName, [Encoding.UTF8.GetBytes(stored)]);
        var (first, second) = (GrainId.Create("traceshard", "org/project/0"), GrainId.Create("traceshard", "org/project/1"));
        var rows = (await _table.ReadRows(0, 0)).Reminders;
        Assert.All(
            rows,
            r =>
                Assert.Equal(
                    (new DateTime(2026, 1, 7, 15, 0, 0, DateTimeKind.Utc), TimeSpan.FromHours(6), "housekeeping"),
                    (r.StartAt, r.Period, r.ReminderName)));
        Assert.Equal([first, second], rows.Select(r => r.GrainId).Order());

        var read = (await _table.ReadRow(first, "housekeeping"))!;
        Assert.True(await _table.RemoveRow(first, "housekeeping", read.ETag!));
        var tag = await _table.UpsertRow(new() { GrainId = second, ReminderName = "housekeeping", StartAt = read.StartAt, Period = TimeSpan.FromHours(3) });
        var left = Assert.Single((await _table.ReadRows(0, 0)).Reminders);
        Assert.Equal((second, TimeSpan.FromHours(3), tag), (left.GrainId, left.Period, left.ETag));
    }

    private ObjectStoreReminderTable NewTable() => new(new ObjectStoreGrainStorage(_store, NullLogger<ObjectStoreGrainStorage>.Instance));

    private static GrainId Grain(string key) => GrainId.Create("test.reminded", key);

    private static ReminderEntry Entry(string grain, string name) =>
        new() { GrainId = Grain(grain), ReminderName = name, StartAt = new DateTime(2026, 1, 7, 9, 0, 0, DateTimeKind.Utc), Period = TimeSpan.FromHours(6) };

    /// <summary>A point of the ring, now and then the very hash of a grain, which belongs to the range that ends there.</summary>
    private static uint Cut(Random random, string[] grains) =>
        random.Next(2) == 0 ? (uint)random.NextInt64(uint.MaxValue + 1L) : Grain(grains[random.Next(grains.Length)]).GetUniformHashCode();
}
