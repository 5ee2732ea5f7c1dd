using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

[GenerateSerializer]
public sealed class CountState
{
    [Id(0)] public int Count { get; set; }
}

[GenerateSerializer]
public sealed record NoConstructorState(string Text);

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int by);
    Task<int> Get();
    Task<int> WriteThrice();
    Task<string> Facts();
    Task<string> Outside();
    Task<string> CatchStale();
    Task Clear();
    Task Deactivate();
}

[Reentrant]
[GrainType("test.counter")]
internal sealed class CounterGrain(
    [PersistentState("count", "grains")] IPersistentState<CountState> state,
    [PersistentState("other", "grains")] IPersistentState<NoConstructorState> other) : Grain, ICounterGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Seen.Add(this.GetPrimaryKeyString(), $"activate:{state.State.Count}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Seen.Add(this.GetPrimaryKeyString(), $"deactivate:{reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task<int> Add(int by)
    {
        state.State.Count += by;
        await state.WriteStateAsync();
        return state.State.Count;
    }

    public Task<int> Get() => Task.FromResult(state.State.Count);

    public async Task<int> WriteThrice()
    {
        state.State.Count++;
        var first = state.WriteStateAsync();
        state.State.Count++;
        var second = state.WriteStateAsync();
        state.State.Count++;
        await Task.WhenAll(first, second, state.WriteStateAsync());
        return state.State.Count;
    }

    public Task<string> Facts() => Task.FromResult($"{this.GetGrainId()} etag={state.Etag is not null} exists={state.RecordExists} other={other.State.Text ?? "null"}");

    public async Task<string> Outside() => await Task.Run(() =>
    {
        try
        {
            return state.State.Count.ToString();
        }
        catch (InvalidOperationException)
        {
            return "refused";
        }
    });

    public async Task<string> CatchStale()
    {
        try
        {
            await state.WriteStateAsync();
            return "written";
        }
        catch (Storage.InconsistentStateException)
        {
            return "stale";
        }
    }

    public Task Clear() => state.ClearStateAsync();

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IBadActivationGrain : IGrainWithStringKey
{
    Task<int> Hello();
}

internal sealed class BadActivationGrain : Grain, IBadActivationGrain
{
    private static int _attempts;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"cannot start {Interlocked.Increment(ref _attempts)}");

    public Task<int> Hello() => Task.FromResult(1);
}

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<int> Work(string gate);
}

[StatelessWorker(3)]
internal sealed class WorkerGrain : Grain, IWorkerGrain
{
    private static int _made;

    private readonly int _number = Interlocked.Increment(ref _made);

    public async Task<int> Work(string gate)
    {
        Seen.Add(gate, "started");
        await Gate.Opened(gate);
        return _number;
    }
}

public interface IRemindedGrain : IGrainWithStringKey
{
    Task Remind(TimeSpan due, TimeSpan period);
    Task Stop();
    Task<int> Reminders();
    Task Deactivate();
}

internal sealed class RemindedGrain : Grain, IRemindedGrain, IRemindable
{
    public Task Remind(TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder("r", due, period);

    public async Task Stop()
    {
        if (await this.GetReminder("r") is { } reminder) await this.UnregisterReminder(reminder);
    }

    public async Task<int> Reminders() => (await this.GetReminders()).Count;

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Seen.Add(this.GetPrimaryKeyString(), $"{reminderName}@{status.CurrentTickTime:HH:mm}");
        return Task.CompletedTask;
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IPredicateGrain : IGrainWithStringKey
{
    Task Slow(string gate);
    Task<int> Quick();
}

[MayInterleave(nameof(MayInterleave))]
internal sealed class PredicateGrain : Grain, IPredicateGrain
{
    public static bool MayInterleave(string method) => method.EndsWith("Quick", StringComparison.Ordinal);

    public async Task Slow(string gate)
    {
        Seen.Add(this.GetPrimaryKeyString(), "slow");
        await Gate.Opened(gate);
    }

    public Task<int> Quick() => Task.FromResult(1);
}

public interface IGuidGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}

internal sealed class GuidGrain : Grain, IGuidGrain
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public interface ISelfEndingGrain : IGrainWithStringKey
{
    Task<int> Hello();
}

internal sealed class SelfEndingGrain : Grain, ISelfEndingGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> Hello() => Task.FromResult(1);
}
