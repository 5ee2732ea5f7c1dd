using Orleans.Runtime.Activations;

namespace Orleans.Runtime.Calls;

/// <summary>A request that somebody waits for.</summary>
#pragma warning disable CA1001 // a token source without a timer holds nothing to free
internal abstract class Request<T> : Request
#pragma warning restore CA1001
{
    private readonly TaskCompletionSource<T> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;
    private CancellationTokenSource? _cancellation;
    private Activation? _runningIn;

    public Task<T> Reply => _reply.Task;

    public override bool IsAbandoned => _reply.Task.IsCompleted;

    protected abstract GrainRuntime Runtime { get; }

    /// <summary>The caller's token.</summary>
    protected CancellationToken CallerToken { get; init; }

    /// <summary>The token that the grain sees; its callbacks run in the grain's turn.</summary>
    protected CancellationToken GrainToken => _cancellation?.Token ?? CancellationToken.None;

    public ResponseDeadline? Deadline { get; set; }

    /// <summary>Watches the caller's token from now on.</summary>
    public void Watch()
    {
        if (!CallerToken.CanBeCanceled) return;
        _cancellation = new();
        _registration = CallerToken.UnsafeRegister(static state => ((Request<T>)state!).Abandon(null), this);
        if (IsAbandoned) _registration.Dispose();
    }

    public sealed override Task Start(Activation activation)
    {
        _runningIn = activation;
        return Run(activation);
    }

    /// <summary>The caller gave up, or (with an exception) waited too long: it is released at once, and the grain is told.</summary>
    public void Abandon(Exception? because)
    {
        if (because is null ? !_reply.TrySetCanceled(CallerToken) : !_reply.TrySetException(because)) return;
        Release();
        Runtime.Withdraw(this);
        if (_cancellation is { } cancellation && _runningIn is { } activation) activation.Post(static state => ((CancellationTokenSource)state!).Cancel(), cancellation);
    }

    public override void Complete(Task outcome)
    {
        Release();
        if (Outcome.FailureOf(outcome) is { } failure)
        {
            Fail(failure);
            return;
        }
        try
        {
            _reply.TrySetResult(ResultOf(outcome));
        }
        catch (Serialization.CodecNotFoundException refused)
        {
            Fail(refused);
        }
    }

    public override void Fail(Exception exception)
    {
        Release();
        _reply.TrySetException(Runtime.Copier is { } copier ? copier.CheckException(exception) : exception);
    }

    protected abstract Task Run(Activation activation);

    /// <summary>The result, copied in strict mode.</summary>
    protected abstract T ResultOf(Task completed);

    private void Release()
    {
        Deadline?.Remove();
        _registration.Dispose();
    }
}
