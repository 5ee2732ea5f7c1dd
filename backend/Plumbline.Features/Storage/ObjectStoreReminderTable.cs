using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Plumbline.Features.Storage;

/// <summary>The reminders of a server that runs alone, in one record of the grain storage. A cluster has a table of its own.</summary>
/// <remarks>The record is read anew each time and guarded by its entity tag, so that a second writer loses nothing; changes are few, one
/// for each shard that is opened for the first time.</remarks>
internal sealed class ObjectStoreReminderTable([FromKeyedServices(StorageFeature.Grains)] IGrainStorage storage) : IReminderTable, IDisposable
{
    private const string StateName = "reminders";
    private const int Attempts = 10;

    private static readonly GrainId Owner = GrainId.Create("reminders", "all");

    private readonly SemaphoreSlim _turn = new(1, 1);

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => new((await ReadAsync()).Of(grainId).Select(r => r.ToEntry()));

    /// <summary>The reminders of grains whose hash lies after <paramref name="begin"/> and up to <paramref name="end"/> on the ring.</summary>
    public async Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        new((await ReadAsync()).Reminders.Select(r => r.ToEntry()).Where(e => IsIn(e.GrainId.GetUniformHashCode(), begin, end)));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => (await ReadAsync()).Find(grainId, reminderName)?.ToEntry();

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var reminder = StoredReminder.Of(entry, Guid.NewGuid().ToString("N"));
        await ChangeAsync(all => all.With(reminder));
        return reminder.ETag;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var removed = false;
        await ChangeAsync(all =>
        {
            var found = all.Find(grainId, reminderName);
            removed = found?.ETag == eTag;
            return removed ? all.Without(found!) : all;
        });
        return removed;
    }

    public Task TestOnlyClearTable() => ChangeAsync(_ => new());

    public void Dispose() => _turn.Dispose();

    private async Task<StoredReminders> ReadAsync() => (await ReadRecordAsync()).State!;

    private async Task<GrainState<StoredReminders>> ReadRecordAsync()
    {
        var record = new GrainState<StoredReminders>(new());
        await storage.ReadStateAsync(StateName, Owner, record);
        return record;
    }

    private async Task ChangeAsync(Func<StoredReminders, StoredReminders> change)
    {
        await _turn.WaitAsync();
        try
        {
            for (var attempt = 1; !await TryChangeAsync(change, isLast: attempt == Attempts); attempt++)
            {
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> TryChangeAsync(Func<StoredReminders, StoredReminders> change, bool isLast)
    {
        var record = await ReadRecordAsync();
        var next = change(record.State!);
        if (ReferenceEquals(next, record.State)) return true;
        record.State = next;
        try
        {
            await storage.WriteStateAsync(StateName, Owner, record);
            return true;
        }
        catch (InconsistentStateException) when (!isLast)
        {
            return false;
        }
    }

    private static bool IsIn(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
}

/// <summary>The record of all reminders.</summary>
[GenerateSerializer, Alias("StoredReminders")]
internal sealed record StoredReminders
{
    [Id(0)] public ImmutableArray<StoredReminder> Reminders { get; init; } = [];

    public IEnumerable<StoredReminder> Of(GrainId grain) => Reminders.Where(r => r.Grain == grain.ToString());

    public StoredReminder? Find(GrainId grain, string name) => Of(grain).FirstOrDefault(r => r.Name == name);

    public StoredReminders With(StoredReminder reminder) =>
        new() { Reminders = [.. Reminders.Where(r => r.Name != reminder.Name || r.Grain != reminder.Grain), reminder] };

    public StoredReminders Without(StoredReminder reminder) => new() { Reminders = Reminders.Remove(reminder) };
}

/// <summary>A reminder as it is kept. Written to disk: the names of its members stay readable for ever.</summary>
[GenerateSerializer, Alias("StoredReminder")]
internal sealed record StoredReminder
{
    /// <summary>The grain, as <c>type/key</c>.</summary>
    [Id(0)] public required string Grain { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required DateTimeOffset FirstTick { get; init; }

    [Id(3)] public required TimeSpan Period { get; init; }

    /// <summary>Changes with every write; empty in records from before there were tags.</summary>
    [Id(4)] public string ETag { get; init; } = "";

    public static StoredReminder Of(ReminderEntry entry, string eTag) => new()
    {
        Grain = entry.GrainId.ToString(),
        Name = entry.ReminderName,
        FirstTick = new(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)),
        Period = entry.Period,
        ETag = eTag,
    };

    public ReminderEntry ToEntry() =>
        new() { GrainId = GrainId.Parse(Grain, null), ReminderName = Name, StartAt = FirstTick.UtcDateTime, Period = Period, ETag = ETag };
}
