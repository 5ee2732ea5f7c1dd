using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Activations;

/// <summary>
/// Beginning: scope, constructor, stored state, OnActivateAsync, then calls. End: the running calls end, timers stop,
/// streams are aborted, OnDeactivateAsync, the grain is disposed, its scope too, then waiting calls go to a new activation.
/// </summary>
internal sealed partial class Activation
{
    private readonly List<IActivationState> _states = [];
    private DeactivationReason? _endReason;

    public void Register(IActivationState state) => _states.Add(state);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_phase is Phase.Ending or Phase.Ended || _endReason is not null) return;
            _endReason = deactivationReason;
            ScheduleIfUseful();
        }
    }

    private void BeginActivation() => _ = ActivateAsync();

    private void BeginEnd() => _ = EndAsync(_endReason!.Value);

    private async Task ActivateAsync()
    {
        try
        {
            _scope = _runtime.Services.CreateAsyncScope();
            GrainInstance = Class.Construct(this);
            foreach (var state in _states) await state.LoadAsync();
            if (GrainInstance is IGrainBase grain) await Limited(grain.OnActivateAsync, _runtime.Collection.ActivationTimeout);
        }
#pragma warning disable CA1031 // whatever fails here belongs to the callers that wait
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await FailActivationAsync(exception);
            return;
        }
        lock (_gate)
        {
            _phase = Phase.Active;
            ScheduleIfUseful();
        }
    }

    private async Task FailActivationAsync(Exception exception)
    {
        LogActivationFailed(_runtime.Logger, GrainId, exception);
        StopTimers();
        await DisposeGrainAsync();
        RequestList failed;
        lock (_gate)
        {
            _phase = Phase.Ended;
            failed = TakeAll();
            _owner.Ended(this, new());
        }
        while (failed.TakeFirst() is { } request) request.Fail(exception);
        _deactivated.TrySetResult();
    }

    private async Task EndAsync(DeactivationReason reason)
    {
        StopTimers();
        await AbortStreamsAsync();
        try
        {
            if (GrainInstance is IGrainBase grain) await Limited(token => grain.OnDeactivateAsync(reason, token), _runtime.Collection.DeactivationTimeout);
        }
#pragma warning disable CA1031 // an end cannot fail
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDeactivationFailed(_runtime.Logger, GrainId, exception);
        }
        await DisposeGrainAsync();
        var own = new RequestList();
        lock (_gate)
        {
            _phase = Phase.Ended;
            var left = TakeAll();
            for (var request = left.Head; request is not null;)
            {
                var next = request.Next;
                if (request.BelongsToActivation)
                {
                    left.Remove(request);
                    own.Append(request);
                }
                request = next;
            }
            _owner.Ended(this, left);
        }
        while (own.TakeFirst() is { } request) request.Fail(new EnumerationAbortedException($"Grain {GrainId} was deactivated: {reason}"));
        _deactivated.TrySetResult();
    }

    /// <summary>All waiting requests in the order they came. Within the gate.</summary>
    private RequestList TakeAll()
    {
        var all = new RequestList();
        while ((_waiting.Head, _interleaving.Head) is var (plain, interleaving) && (plain ?? interleaving) is not null)
            all.Append((plain is null || interleaving?.Sequence < plain.Sequence ? _interleaving : _waiting).TakeFirst()!);
        return all;
    }

    private async Task DisposeGrainAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else (GrainInstance as IDisposable)?.Dispose();
            if (_scope is { } scope) await scope.DisposeAsync();
        }
#pragma warning disable CA1031 // an end cannot fail
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDeactivationFailed(_runtime.Logger, GrainId, exception);
        }
    }

    private static async Task Limited(Func<CancellationToken, Task> step, TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource();
        var task = step(cancellation.Token);
        if (task.IsCompleted)
        {
            await task;
            return;
        }
        cancellation.CancelAfter(limit);
        await task.WaitAsync(limit + TimeSpan.FromSeconds(1));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Grain {Grain} could not be activated")]
    private static partial void LogActivationFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grain {Grain} failed while it was deactivated")]
    private static partial void LogDeactivationFailed(ILogger logger, GrainId grain, Exception exception);
}

/// <summary>State that is read before its grain is activated.</summary>
internal interface IActivationState
{
    Task LoadAsync();
}
