using Microsoft.Extensions.Logging;
using Orleans.Runtime.Calls;
using Orleans.Storage;

namespace Orleans.Runtime.Activations;

/// <summary>Turns: continuations first, then the next request that may start.</summary>
internal sealed partial class Activation
{
    /// <summary>Turns that one visit of a thread may run before others get it.</summary>
    private const int Quantum = 256;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _turns = new();
    private readonly RequestList _waiting;
    private readonly RequestList _interleaving;
    private Dictionary<Guid, int>? _sections;
    private Request? _blocking;
    private bool _scheduled;
    private int _running;
    private int _pulls;
    private long _sequence;

    public bool TryDeliver(Request request)
    {
        lock (_gate)
        {
            if (_phase == Phase.Ended) return false;
            if (_waiting.Count + _interleaving.Count < _runtime.MaxWaiting || request.BelongsToActivation)
            {
                Append(request);
                ScheduleIfUseful();
                return true;
            }
        }
        request.Fail(new LimitExceededException($"Grain {GrainId} has {_runtime.MaxWaiting} calls waiting, the most it may have; {request.Name} was refused and may be sent again later."));
        return true;
    }

    /// <summary>Takes over what another activation left; nobody else knows this one yet.</summary>
    public void Inherit(RequestList left)
    {
        lock (_gate)
        {
            while (left.TakeFirst() is { } request)
                if (request.TryForward()) Append(request);
            ScheduleIfUseful();
        }
    }

    public void Withdraw(Request request)
    {
        lock (_gate)
            if (request.List is { } list && (ReferenceEquals(list, _waiting) || ReferenceEquals(list, _interleaving))) list.Remove(request);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _turns.Enqueue((d, state));
            Schedule();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Waiting for a grain's turn would block a thread.");

    public override SynchronizationContext CreateCopy() => this;

    public void EnterReentrancy(Guid id)
    {
        lock (_gate) (_sections ??= [])[id] = _sections.GetValueOrDefault(id) + 1;
    }

    public void LeaveReentrancy(Guid id)
    {
        lock (_gate)
        {
            if (_sections is null || !_sections.TryGetValue(id, out var depth)) return;
            if (depth > 1) _sections[id] = depth - 1;
            else _sections.Remove(id);
        }
    }

    public void Execute()
    {
        var outer = SynchronizationContext.Current;
        SetSynchronizationContext(this);
        var clean = ExecutionContext.Capture()!;
        try
        {
            for (var i = 0; i < Quantum; i++)
            {
                if (!RunOne()) return;
                ExecutionContext.Restore(clean); // a call that sets an async-local leaves nothing behind for the next
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool RunOne()
    {
        (SendOrPostCallback Callback, object? State) turn = default;
        Request? request = null;
        var (begin, end) = (false, false);
        lock (_gate)
        {
            if (_turns.TryDequeue(out turn)) { }
            else if (_phase == Phase.Created) (begin, _phase) = (true, Phase.Activating);
            else if (_phase == Phase.Active && _endReason is not null && _running == 0) (end, _phase) = (true, Phase.Ending);
            else if (_phase == Phase.Active && _endReason is null && TakeStartable() is { } startable) request = startable;
            else return _scheduled = false;
        }
        if (request is not null) StartRequest(request);
        else if (begin) BeginActivation();
        else if (end) BeginEnd();
        else RunTurn(turn.Callback, turn.State);
        return true;
    }

    private void RunTurn(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
#pragma warning disable CA1031 // the edge of the loop: what nobody awaits must not take the process down
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogTurnFailed(_runtime.Logger, GrainId, exception);
        }
    }

    /// <summary>The oldest request that may start now, marked as running. Within the gate.</summary>
    private Request? TakeStartable()
    {
        var plain = FirstStartablePlain();
        var request = plain is null || (_interleaving.Head is { } other && other.Sequence < plain.Sequence) ? _interleaving.Head : plain;
        if (request is null) return null;
        request.List!.Remove(request);
        if (request.HoldsActivation) _running++;
        else _pulls++;
        if (!request.AlwaysInterleave) _blocking ??= request;
        return request;
    }

    private Request? FirstStartablePlain()
    {
        if (_blocking is null || Class.Reentrant) return _waiting.Head;
        if (!_blocking.ReadOnly && _sections is not { Count: > 0 } && Class.MayInterleave is null) return null;
        for (var request = _waiting.Head; request is not null; request = request.Next)
        {
            if (_blocking.ReadOnly && request.ReadOnly) return request;
            if (_sections is not null && request.Context is { } context && _sections.ContainsKey(context.ReentrancyId)) return request;
            if (Class.MayInterleave?.Invoke(request.Name) == true) return request;
        }
        return null;
    }

    private void StartRequest(Request request)
    {
        if (request.KeepsAlive) Touch();
        Task outcome;
        if (request.IsAbandoned) outcome = Task.CompletedTask;
        else
        {
            if (request.Context is { } context) RequestContext.Current = context;
            if (request.Activity is { } activity) System.Diagnostics.Activity.Current = activity;
            try
            {
                outcome = request.Start(this);
            }
#pragma warning disable CA1031 // whatever the grain throws belongs to its caller
            catch (Exception exception)
#pragma warning restore CA1031
            {
                outcome = Task.FromException(exception);
            }
        }
        if (outcome.IsCompleted) Finish(request, outcome);
        else
        {
            _ = outcome.ContinueWith(
                static (completed, state) =>
                {
                    var (activation, request) = ((Activation, Request))state!;
                    activation.Finish(request, completed);
                },
                (this, request), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Finish(Request request, Task outcome)
    {
        if (outcome.IsFaulted && Outcome.FailureOf(outcome) is InconsistentStateException stale)
            Deactivate(new(DeactivationReasonCode.ApplicationError, stale, "What the activation knew of its storage is stale."));
        if (request.KeepsAlive) Touch();
        lock (_gate)
        {
            if (request.HoldsActivation) _running--;
            else _pulls--;
            if (ReferenceEquals(_blocking, request)) _blocking = null;
            ScheduleIfUseful();
        }
        if (!request.IsAbandoned) request.Complete(outcome);
    }

    private void Append(Request request)
    {
        request.Sequence = _sequence++;
        (request.AlwaysInterleave ? _interleaving : _waiting).Append(request);
    }

    private void ScheduleIfUseful()
    {
        var useful = _phase switch
        {
            Phase.Created => true,
            Phase.Active when _endReason is not null => _running == 0,
            Phase.Active => _interleaving.Head is not null || FirstStartablePlain() is not null,
            _ => false,
        };
        if (useful) Schedule();
    }

    private void Schedule()
    {
        if (_scheduled) return;
        _scheduled = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of grain {Grain} failed and nobody waited for it")]
    private static partial void LogTurnFailed(ILogger logger, GrainId grain, Exception exception);
}
