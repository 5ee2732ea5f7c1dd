using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Timers;

/// <summary>A reminder as it is kept.</summary>
[GenerateSerializer]
public sealed record ReminderEntry
{
    /// <summary>The grain, as <c>type/key</c>.</summary>
    [Id(0)] public required string Grain { get; init; }

    /// <summary>The name within the grain.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>When it ticks first.</summary>
    [Id(2)] public required DateTimeOffset FirstTick { get; init; }

    /// <summary>The time between ticks.</summary>
    [Id(3)] public required TimeSpan Period { get; init; }
}

/// <summary>Where reminders outlive the process. Calls come one at a time.</summary>
public interface IReminderStore
{
    /// <summary>All reminders.</summary>
    Task<ImmutableArray<ReminderEntry>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps these reminders in place of what was there.</summary>
    Task SaveAsync(ImmutableArray<ReminderEntry> reminders, CancellationToken cancellationToken);
}

/// <summary>Keeps reminders for the life of the process.</summary>
internal sealed class MemoryReminderStore : IReminderStore
{
    private ImmutableArray<ReminderEntry> _reminders = [];

    public Task<ImmutableArray<ReminderEntry>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(_reminders);

    public Task SaveAsync(ImmutableArray<ReminderEntry> reminders, CancellationToken cancellationToken)
    {
        _reminders = reminders;
        return Task.CompletedTask;
    }
}

/// <summary>Keeps reminders in one record of a grain storage.</summary>
internal sealed class GrainStorageReminderStore(IServiceProvider services, string storageName) : IReminderStore
{
    private const string StateName = "reminders";

    private static readonly GrainId Owner = GrainId.Create("reminders", "all");

    private readonly GrainState<ReminderRecord> _record = new(new());

    private IGrainStorage Storage => services.GetKeyedService<IGrainStorage>(storageName)
        ?? throw new InvalidOperationException($"Reminders are kept in grain storage \"{storageName}\", but no IGrainStorage is registered under that key.");

    public async Task<ImmutableArray<ReminderEntry>> LoadAsync(CancellationToken cancellationToken)
    {
        await Storage.ReadStateAsync(StateName, Owner, _record, cancellationToken);
        return _record.State.Reminders;
    }

    public async Task SaveAsync(ImmutableArray<ReminderEntry> reminders, CancellationToken cancellationToken)
    {
        _record.State = new() { Reminders = reminders };
        await Storage.WriteStateAsync(StateName, Owner, _record, cancellationToken);
    }
}

/// <summary>The record of all reminders.</summary>
[GenerateSerializer]
public sealed record ReminderRecord
{
    /// <summary>The reminders.</summary>
    [Id(0)] public ImmutableArray<ReminderEntry> Reminders { get; init; } = [];
}
