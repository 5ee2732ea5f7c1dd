using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Activations;
using Orleans.Storage;

namespace Orleans.Runtime.State;

/// <summary>A grain's stored state. Operations run one after another; writes asked for while one runs become one write.</summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>, IActivationState
{
    private readonly Activation _activation;
    private readonly string _name;
    private readonly IGrainStorage _storage;
    private readonly GrainState<TState> _record = new(NewState());
    private Task _last = Task.CompletedTask;
    private Task? _nextWrite;

    public PersistentState(Activation activation, string name, string? storageName)
    {
        (_activation, _name) = (activation, name);
        _storage = activation.ActivationServices.GetKeyedService<IGrainStorage>(storageName ?? "Default")
            ?? throw new InvalidOperationException($"Grain class {activation.Class.Type} stores \"{name}\" in \"{storageName ?? "Default"}\", but no IGrainStorage is registered under that key.");
        activation.Register(this);
    }

    public TState State
    {
        get
        {
            _activation.RequireTurn("State");
            return _record.State;
        }
        set
        {
            _activation.RequireTurn("State");
            _record.State = value;
        }
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    public Task LoadAsync() => ReadStateAsync(CancellationToken.None);

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => InOrder(async () =>
    {
        await Guarded("read", () => _storage.ReadStateAsync(_name, _activation.GrainId, _record, cancellationToken));
        if (!_record.RecordExists && _record.State is null) _record.State = NewState();
    });

    public Task WriteStateAsync(CancellationToken cancellationToken) => _nextWrite ??= InOrder(async () =>
    {
        await Task.Yield(); // those who ask in the same turn share the write
        _nextWrite = null;
        await Guarded("written", () => _storage.WriteStateAsync(_name, _activation.GrainId, _record, cancellationToken));
    });

    public Task ClearStateAsync(CancellationToken cancellationToken) => InOrder(async () =>
    {
        await Guarded("cleared", () => _storage.ClearStateAsync(_name, _activation.GrainId, _record, cancellationToken));
        (_record.State, _record.RecordExists) = (NewState(), false);
    });

    /// <summary>What a grain without a record starts with. A type without a parameterless constructor starts as an object whose constructor never ran.</summary>
    private static TState NewState()
    {
        if (typeof(TState).IsValueType || typeof(TState) == typeof(string)) return default!;
        return typeof(TState).GetConstructor(Type.EmptyTypes) is not null
            ? Activator.CreateInstance<TState>()
            : (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));
    }

    private Task InOrder(Func<Task> operation)
    {
        _activation.RequireTurn("State");
        return _last = After(_last, operation);
    }

    private static async Task After(Task before, Func<Task> operation)
    {
        if (!before.IsCompleted) await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await operation();
    }

    private async Task Guarded(string done, Func<Task> operation)
    {
        try
        {
            await operation();
        }
        catch (Exception exception) when (exception is not (OrleansException or OperationCanceledException))
        {
            throw new OrleansException($"State \"{_name}\" of grain {_activation.GrainId} could not be {done}: {exception.Message}", exception);
        }
    }
}
