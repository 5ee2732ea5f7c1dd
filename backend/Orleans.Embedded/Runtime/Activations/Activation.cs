using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Classes;

namespace Orleans.Runtime.Activations;

/// <summary>
/// One grain in memory. It is its own synchronization context: one thread at a time runs it, an await inside a call
/// comes back as a later turn, and which calls may start beside others is decided in <see cref="TakeStartable"/>.
/// </summary>
internal sealed partial class Activation : SynchronizationContext, IThreadPoolWorkItem, IDestination, IGrainContext, IReentrantContext, IGrainTimerRegistry
{
    private readonly Lock _gate = new();
    private readonly GrainRuntime _runtime;
    private readonly IActivationOwner _owner;
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AsyncServiceScope? _scope;
    private GrainReference? _reference;
    private Phase _phase;
    private long _lastUsedMs = Environment.TickCount64;
    private long _keepUntilMs;

    public Activation(GrainRuntime runtime, IActivationOwner owner, GrainClass grainClass, GrainId grainId)
    {
        (_runtime, _owner, Class, GrainId) = (runtime, owner, grainClass, grainId);
        (_waiting, _interleaving) = (new(this), new(this));
    }

    private enum Phase : byte
    {
        Created,
        Activating,
        Active,
        Ending,
        Ended,
    }

    public static new Activation? Current => SynchronizationContext.Current as Activation;

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? throw new InvalidOperationException("The activation has no services yet.");

    public GrainReference GrainReference => _reference ??= GrainReference.Create(_runtime, GrainId, Class.PrimaryInterface);

    public Task Deactivated => _deactivated.Task;

    public IEnumerable<Activation> Activations => [this];

    public GrainRuntime Runtime => _runtime;

    /// <summary>Whether calls run or wait. Readers of streams do not count: they may wait for ever.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate) return _running + _waiting.Count > 0 || _interleaving.Count > 0;
        }
    }

    /// <summary>Waiting and running requests.</summary>
    public int Load
    {
        get
        {
            lock (_gate) return _running + _pulls + _waiting.Count + _interleaving.Count;
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (_gate) _keepUntilMs = timeSpan < TimeSpan.Zero ? 0 : timeSpan == TimeSpan.MaxValue ? long.MaxValue : Environment.TickCount64 + (long)timeSpan.TotalMilliseconds;
    }

    public void Touch() => Volatile.Write(ref _lastUsedMs, Environment.TickCount64);

    /// <summary>Whether nothing has used it for <paramref name="ageMs"/> milliseconds.</summary>
    public bool IsIdleSince(long nowMs, long ageMs)
    {
        lock (_gate)
        {
            return _phase == Phase.Active && _running + _pulls + _waiting.Count + _interleaving.Count == 0
                && nowMs - Volatile.Read(ref _lastUsedMs) >= ageMs && nowMs >= _keepUntilMs;
        }
    }

    /// <summary>Throws unless the caller runs in this activation's turn.</summary>
    public void RequireTurn(string what)
    {
        if (!ReferenceEquals(Current, this))
            throw new InvalidOperationException($"{what} of grain {GrainId} was used outside the grain's turn: after ConfigureAwait(false), in Task.Run, or by somebody else.");
    }
}
