using Microsoft.Extensions.Logging;
using Orleans.Runtime.Activations;

namespace Orleans.Runtime.Calls;

/// <summary>A call of a grain method.</summary>
internal sealed partial class MethodRequest<T> : Request<T>
{
    private readonly GrainMethod<T> _method;
    private readonly object?[] _arguments;

    public MethodRequest(GrainRuntime runtime, GrainMethod<T> method, object?[] arguments)
    {
        (Runtime, _method, _arguments) = (runtime, method, arguments);
        CallerToken = method.TokenOf(arguments);
    }

    public override string Name => _method.Name;

    protected override GrainRuntime Runtime { get; }

    protected override Task Run(Activation activation)
    {
        if (_method.TokenIndex >= 0) _arguments[_method.TokenIndex] = GrainToken;
        return _method.Invoke(activation.GrainInstance!, _arguments);
    }

    protected override T ResultOf(Task completed) => Runtime.Copier is { } copier ? copier.Copy(_method.ResultOf(completed)) : _method.ResultOf(completed);

    public override void Fail(Exception exception)
    {
        base.Fail(exception);
        if (_method.OneWay) LogOneWayFailed(Runtime.Logger, Name, exception);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "One-way call {Method} failed")]
    private static partial void LogOneWayFailed(ILogger logger, string method, Exception exception);
}
